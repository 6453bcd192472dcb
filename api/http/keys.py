"""Keys: under one a request may be sent again, and is the same request."""

import re

from starlette.requests import Request as HttpRequest

from api.http.problems import Problem, wrong_field
from domain.words.label import Label

IDEMPOTENCY_KEY = "Idempotency-Key"
_VISIBLE = re.compile(r"[\x21-\x7e]{1,200}")


def idempotency_key(request: HttpRequest) -> str:
    """The key under which a repeat of the request is the same request."""
    given = request.headers.getlist(IDEMPOTENCY_KEY)
    if len(given) != 1 or not _VISIBLE.fullmatch(given[0]):
        raise wrong_field(
            IDEMPOTENCY_KEY,
            Label(
                "须有一个此请求头，值为 1 至 200 个可见的 ASCII 字符",
                "one header of 1 to 200 visible ASCII characters is required",
            ),
        )
    return given[0]


def perhaps_key(request: HttpRequest) -> str | None:
    """The same, where a request may come without."""
    return idempotency_key(request) if IDEMPOTENCY_KEY in request.headers else None


def another_request() -> Problem:
    """422: which of the two was meant nobody can know."""
    return wrong_field(
        IDEMPOTENCY_KEY, Label("此键已用于内容不同的请求", "this key was used for a request with another body")
    )
