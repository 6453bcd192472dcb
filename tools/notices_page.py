"""The page of who is told of what, on what grounds and in which words."""

from domain.audience.notices.calls import GAP
from domain.audience.notices.index import ALARMS, NOTICES
from domain.audience.notices.notice import WORDS, Notice, Told
from domain.words.label import Language

_PAGE = """# Notices 通知

Source: the rooms of `domain/audience/notices/`. Everything that can happen to a ticket, and every alarm, has a row:
whom it tells, under which condition, in which words; or nobody, and why. Fields in braces are filled in from the
entry and the ticket; people outside get of them what they may see ([authorisation](authorisation.md)). Each text ends
with number, customer, level, since when, and due when.

- A role means its people **on duty** at the instant at which the message is made; a substitute in the place of the
  person. Nobody on duty: everybody of the role, and the duty manager learns that the roster has a gap now. Nobody of
  the role at all: the duty manager, then the leader, then the administrator, who gets number and reason only.
- The owner is told on and off duty; off duty also who stands in for them. Nobody in charge: the hotline.
- Nobody is told of their own act. One act tells a person once: what asks them to act goes before what informs them.
- Whom a message reached, and on what grounds, is kept with it; a rebuild asks no roster again.

A gap in the roster: {gap}

## Happenings

{happenings}

## Alarms

{alarms}
"""


def notices_page() -> str:
    """All of it."""
    return _PAGE.format(
        gap=f"“{GAP.title.zh} {GAP.text.zh}” “{GAP.title.en}: {GAP.text.en}”",
        happenings=_table({str(name): row for name, row in NOTICES.items()}),
        alarms=_table({str(name): row for name, row in ALARMS.items()}),
    )


def _table(rows: dict[str, Told]) -> str:
    lines = [line for name, row in rows.items() for line in _lines(name, row)]
    return "\n".join(["| happening | told 通知 | when | 中文 | English |", "|---|---|---|---|---|", *lines])


def _lines(name: str, row: Told) -> list[str]:
    lines = [_line(name, notice) for notice in row.notices]
    if row.nobody:
        lines.append(f"| `{name}` | nobody{' otherwise' if row.notices else ''} | {row.nobody} | | |")
    return lines


def _line(name: str, notice: Notice) -> str:
    words = [WORDS[whom] for whom in notice.to]
    told = f"{'、'.join(word.zh for word in words)}<br>{', '.join(word.en for word in words)}"
    chinese, english = (_said(notice, language) for language in Language)
    return f"| `{name}` | {told} | {notice.when.said} | {chinese} | {english} |"


def _said(notice: Notice, language: Language) -> str:
    """Title, text, and in bold what is asked."""
    asked = [f"**{notice.action.to(language)}**"] if notice.action else []
    return "<br>".join([notice.title.to(language), notice.text.to(language), *asked])
