"""Writing: the words of a letter, for a reader of either language, as plain text and as a page."""

import re
from collections.abc import Iterator
from html import escape

from domain.audience.letters import IN_A_LINE, LINK_IN_A_LINE, LISTED, MORE, NAMED, OF_TICKET, SENT_BY, SEVERAL, SIGN_IN
from domain.words.label import Label, Language
from store.deliveries.claiming import Letter
from store.deliveries.reading import Words

#: Of what a server says, and of a message in a group: characters that are shown.
_LONGEST, _LONGEST_TITLE, _LONGEST_TEXT = 200, 90, 380
#: An address behind a name.
_ADDRESS = re.compile(r"(?<=\S) <[^<>\s@]{1,64}@[^<>\s]{1,255}>")
#: What may stand at the end of somebody's sentence.
_ENDS = "。．.，,；;、：:？?！!… "
#: What means something in Markdown, and the same for the eye.
_OF_MARKDOWN = str.maketrans("<>[]*`", "＜＞［］＊｀")


def title_of(letter: Letter) -> Label:
    """What it is about; of several messages the latest, and how many there are."""
    latest = letter.messages[-1].title
    several = len(letter.messages) > 1
    return SEVERAL.filled(count=len(letter.messages), title=latest) if several else latest


def shortly(letter: Letter, pages: str) -> Label:
    """The same in a line, with what is to be done and the ticket where it is one message; of a link, with it."""
    latest = letter.messages[-1]
    about = Label(*(_spoken(title_of(letter).to(language)) for language in Language))
    if letter.opens:
        return LINK_IN_A_LINE.filled(title=about, link=page_of(latest, pages))
    line = IN_A_LINE.filled(title=about, action=(len(letter.messages) == 1 and latest.action) or SIGN_IN)
    is_of_ticket = len({each.ticket for each in letter.messages}) == 1 and latest.ticket
    return line.followed_by(OF_TICKET.filled(ticket=latest.ticket)) if is_of_ticket else line


def _spoken(title: str) -> str:
    """As part of a sentence of ours that is read out.

    A title may be a sentence of somebody's, which ends once; and who wrote is called by their name, not their address.
    """
    said = one_line(_ADDRESS.sub("", title), _LONGEST_TITLE)
    return said.rstrip(_ENDS) or said


def as_lines(letter: Letter, longest: int) -> str:
    """The same for a card that knows no Markdown, in at most so many characters; Chinese alone."""
    if len(letter.messages) == 1:
        (message,) = letter.messages
        lines = [message.text.zh, message.action.zh if message.action else ""]
    else:
        lines = [f"· {each.title.zh}" for each in letter.messages[::-1][:LISTED]]
    return "\n".join(_plain(line, _LONGEST_TEXT) for line in lines if line)[:longest]


def as_text(letter: Letter, pages: str, foot: Label = SENT_BY) -> str:
    """Each message in Chinese, then each in English."""
    parts = ["\n\n".join("\n".join(lines) for lines in _said(letter, language, pages)) for language in Language]
    return "\n\n--------\n\n".join(parts) + "\n\n--------\n" + f"{foot.zh}\n{foot.en}\n"


def as_html(letter: Letter, pages: str, foot: Label = SENT_BY) -> str:
    """The same as a page of no more than paragraphs and links: nothing is fetched, nothing runs."""
    parts = [_page_of(letter, language, pages) for language in Language]
    below = f"<p style='color:#666'>{escape(foot.zh)}<br>{escape(foot.en)}</p>"
    return f"<!doctype html><html><body>{'<hr>'.join(parts)}<hr>{below}</body></html>"


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
    """Message by message its lines: title, text, what to do, where; of many title and where. The latest comes first."""
    latest = letter.messages[::-1]
    for message in latest[:LISTED]:
        said = (message.title, message.text, message.action)
        yield [*(each.to(language) for each in said if each), page_of(message, pages)]
    for message in latest[LISTED : LISTED + NAMED]:
        yield [message.title.to(language), page_of(message, pages)]
    if (more := len(latest) - LISTED - NAMED) > 0:
        yield [MORE.filled(count=more).to(language), f"{pages}/inbox"]


def page_of(message: Words, pages: str) -> str:
    """Where whoever reads it can act."""
    return f"{pages}{message.opens or (f'/tickets/{message.ticket}' if message.ticket else '/inbox')}"


def page_of_letter(letter: Letter, pages: str) -> str:
    """Where whoever reads all of it can act."""
    places = {page_of(each, pages) for each in letter.messages}
    return places.pop() if len(places) == 1 else f"{pages}/inbox"


def as_markdown(letter: Letter, pages: str, longest: int, foot: Label = SENT_BY) -> str:
    """For a group, in at most about so many bytes: one message in both languages, or a list of several."""
    if len(letter.messages) == 1:
        return f"{_in_group(letter.messages[0])}\n\n{_plain(foot.zh, _LONGEST_TITLE)}"
    shown = letter.messages[::-1][:LISTED]
    text = f"**{_plain(title_of(letter).zh, _LONGEST_TITLE)}**"
    for place, each in enumerate(shown):
        line = f"\n\n- [{_plain(each.title.zh, _LONGEST_TITLE)}]({page_of(each, pages)})"
        if len(f"{text}{line}".encode()) > longest:
            shown = shown[:place]
            break
        text += line
    more = len(letter.messages) - len(shown)
    return f"{text}\n\n{MORE.filled(count=more).zh}" if more else text


def _in_group(message: Words) -> str:
    parts = []
    for language in Language:
        said = [_plain(message.text.to(language), _LONGEST_TEXT)]
        said += [_plain(message.action.to(language), _LONGEST_TITLE)] if message.action else []
        parts.append("\n\n".join([f"**{_plain(message.title.to(language), _LONGEST_TITLE)}**", *said]))
    return "\n\n".join(parts)


def _plain(words: str, longest: int) -> str:
    """Words that no reader's program takes for a link, a picture or a call of everybody."""
    shown = one_line(words, len(words)).translate(_OF_MARKDOWN)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def one_line(said: str, longest: int = _LONGEST) -> str:
    """What can be shown of what was said. A server may answer in another encoding, which no database would take."""
    shown = "".join(each if each.isprintable() else " " for each in said)
    return " ".join(shown.split())[:longest]
