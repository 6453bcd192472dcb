"""Explaining: a problem as a page, for a browser that was sent here and shows whatever it gets."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.http.console import is_read_by_a_person
from api.http.language import language_of
from api.http.problems import Problem
from domain.words.label import Label

_BACK = Label("返回首页", "Back to the start")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>值守 · {title}</title>
<style>body{{font:16px/1.6 system-ui,sans-serif;max-width:36em;margin:4em auto;padding:1em;
color-scheme:light dark;overflow-wrap:anywhere}}</style></head>
<body><h1>{title}</h1><p>{detail}</p><p><a href="/">{back}</a></p></body></html>
"""


def explanation(request: Request, problem: Problem) -> Response:
    """A page for people, the usual document for programs."""
    if not is_read_by_a_person(request):
        return problem.response(request)
    texts = {"title": problem.title, "detail": problem.detail or problem.title, "back": _BACK}
    language = language_of(request)
    words = {name: escape(text.to(language)) for name, text in texts.items()}
    page = _PAGE.format(lang=language, **words)
    return HTMLResponse(page, problem.status, problem.headers | {"Content-Security-Policy": _POLICY})
