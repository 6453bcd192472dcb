"""Writing: the words of a letter, for a reader of either language, as plain text and as a page."""

from collections.abc import Iterator
from html import escape
from typing import Any

from domain.audience.letters import LISTED, MORE, SENT_BY, SEVERAL
from store.deliveries.claiming import Letter
from store.models import NotificationRow

LANGUAGES = ("zh", "en")


def title_of(letter: Letter) -> str:
    """What it is about; of several messages the latest, and how many there are."""
    latest = str(letter.messages[-1].title["zh"])
    several = len(letter.messages) > 1
    return SEVERAL.filled(count=len(letter.messages), title=latest).zh if several else latest


def as_text(letter: Letter, pages: str) -> str:
    """Each message in Chinese, then each in English."""
    parts = ["\n\n".join("\n".join(lines) for lines in _said(letter, language, pages)) for language in LANGUAGES]
    return "\n\n--------\n\n".join(parts) + "\n\n--------\n" + f"{SENT_BY.zh}\n{SENT_BY.en}\n"


def as_html(letter: Letter, pages: str) -> str:
    """The same as a page of no more than paragraphs and links: nothing is fetched, nothing runs."""
    parts = [_page_of(letter, language, pages) for language in LANGUAGES]
    foot = f"<p style='color:#666'>{escape(SENT_BY.zh)}<br>{escape(SENT_BY.en)}</p>"
    return f"<!doctype html><html><body>{'<hr>'.join(parts)}<hr>{foot}</body></html>"


def _page_of(letter: Letter, language: str, pages: str) -> str:
    paragraphs = []
    for title, *lines in _said(letter, language, pages):
        rest = "".join(f"<br>{_linked(line, pages)}" for line in lines)
        paragraphs.append(f"<p><b>{escape(title)}</b>{rest}</p>")
    return f"<div lang='{language}'>{''.join(paragraphs)}</div>"


def _linked(line: str, pages: str) -> str:
    shown = escape(line)
    return f"<a href='{shown}'>{shown}</a>" if line.startswith(f"{pages}/") else shown


def _said(letter: Letter, language: str, pages: str) -> Iterator[list[str]]:
    """Message by message its lines: title, text, what to do, where. The latest comes first."""
    shown = letter.messages[::-1][:LISTED]
    for message in shown:
        yield [
            *_sentence(message, language),
            f"{pages}/tickets/{message.ticket}" if message.ticket else f"{pages}/inbox",
        ]
    if more := len(letter.messages) - len(shown):
        yield [getattr(MORE.filled(count=more), language), f"{pages}/inbox"]


def _sentence(message: NotificationRow, language: str) -> Iterator[str]:
    said: tuple[dict[str, Any] | None, ...] = (message.title, message.text, message.action)
    yield from (str(each[language]) for each in said if each)
