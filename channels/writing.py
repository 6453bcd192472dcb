"""Writing: the words of a letter, for a reader of either language, as plain text and as a page."""

from collections.abc import Iterator
from html import escape

from domain.audience.letters import LISTED, MORE, SENT_BY, SEVERAL
from domain.words.label import Label, Language
from store.deliveries.claiming import Letter
from store.deliveries.reading import Words


def title_of(letter: Letter) -> Label:
    """What it is about; of several messages the latest, and how many there are."""
    latest = letter.messages[-1].title
    several = len(letter.messages) > 1
    return SEVERAL.filled(count=len(letter.messages), title=latest) if several else latest


def as_text(letter: Letter, pages: str) -> str:
    """Each message in Chinese, then each in English."""
    parts = ["\n\n".join("\n".join(lines) for lines in _said(letter, language, pages)) for language in Language]
    return "\n\n--------\n\n".join(parts) + "\n\n--------\n" + f"{SENT_BY.zh}\n{SENT_BY.en}\n"


def as_html(letter: Letter, pages: str) -> str:
    """The same as a page of no more than paragraphs and links: nothing is fetched, nothing runs."""
    parts = [_page_of(letter, language, pages) for language in Language]
    foot = f"<p style='color:#666'>{escape(SENT_BY.zh)}<br>{escape(SENT_BY.en)}</p>"
    return f"<!doctype html><html><body>{'<hr>'.join(parts)}<hr>{foot}</body></html>"


def _page_of(letter: Letter, language: Language, pages: str) -> str:
    paragraphs = []
    for title, *lines in _said(letter, language, pages):
        rest = "".join(f"<br>{_linked(line, pages)}" for line in lines)
        paragraphs.append(f"<p><b>{escape(title)}</b>{rest}</p>")
    return f"<div lang='{language}'>{''.join(paragraphs)}</div>"


def _linked(line: str, pages: str) -> str:
    shown = escape(line)
    return f"<a href='{shown}'>{shown}</a>" if line.startswith(f"{pages}/") else shown


def _said(letter: Letter, language: Language, pages: str) -> Iterator[list[str]]:
    """Message by message its lines: title, text, what to do, where. The latest comes first."""
    shown = letter.messages[::-1][:LISTED]
    for message in shown:
        said = (message.title, message.text, message.action)
        yield [*(each.to(language) for each in said if each), page_of(message, pages)]
    if more := len(letter.messages) - len(shown):
        yield [MORE.filled(count=more).to(language), f"{pages}/inbox"]


def page_of(message: Words, pages: str) -> str:
    """Where whoever reads it can act."""
    return f"{pages}/tickets/{message.ticket}" if message.ticket else f"{pages}/inbox"
