"""Links: one person of the customer answers one question, once, without signing in (000-24, 001-29, 002-14, 004-11).

One of us hands it over on the telephone, or the person takes it along to a phone of their own. What is decided with it
is that person's own word. Whoever handed it over could have opened it themselves, so they stand to that word as if they
had recorded it: they do not act on it, and it is no yes to their own work.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from domain.matters import changes, on_behalf, parts, remote, resolution
from domain.matters.matter import UNTIL_CLOSED, Asked, Matter, Question, Row, Rule, Way
from domain.matters.on_behalf import HANDED_BY, HANDERS_ACCOUNTS, LINK
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, listed
from domain.words.refusals import WHICH_ONE, Refusal

NOT_ASKED = Refusal(
    "not_asked",
    Label(
        "没有这样一项等客户答复的事；先申请、提出或办结，再发链接。",
        "Nothing of that kind waits for the customer's answer; ask for it first, then hand over a link.",
    ),
)
NO_LONGER_ASKED = Refusal(
    "no_longer_asked",
    Label(
        "这项已不需要答复：已有结论，或已另行提出。",
        "This is not asked any more: it is decided, or something else is asked instead.",
    ),
)
ONLY_ONES_OWN = Refusal(
    "only_ones_own", Label("链接只能发到您自己的手机。", "You can take a link along for yourself alone.")
)

#: What can be answered by link, with the commands that say yes and no. An application for a major incident has links
#: of its own: nobody of ours ever holds one (000-09).
ANSWERS: dict[Asked, tuple[C, C]] = {
    Asked.REMOTE_GRANT: (C.GRANT_REMOTE, C.REFUSE_REMOTE),
    Asked.PART_AGREEMENT: (C.AGREE_PART, C.REFUSE_PART),
    Asked.CHANGE_AGREEMENT: (C.AGREE_CHANGE, C.REFUSE_CHANGE),
    Asked.CHANGE_ACCEPTANCE: (C.ACCEPT_CHANGE, C.REFUSE_CHANGE),
    Asked.CONFIRMATION: (C.CONFIRM, C.REJECT),
}
#: The field in which an answer names the one of several that it is about.
NAMED_BY: dict[Asked, str] = {
    Asked.PART_AGREEMENT: "part",
    Asked.CHANGE_AGREEMENT: "change",
    Asked.CHANGE_ACCEPTANCE: "change",
}

#: For whom it is; absent: for the sender, who is of the customer. That one of ours says whom is for the API to see to,
#: which finds that person's accounts.
FOR = Field("to", Type.WORD, required=False)
ASKED = Field("asked", Type.WORD, choices=tuple(ANSWERS))
#: Which one of several; absent: the only one.
ABOUT = Field("about", Type.WORD, required=False)
#: In what the API found: the accounts of the person for whom it is.
FOR_ACCOUNTS = "for_accounts"
#: In what the API found of an answer, and what the entry of a link says: since when it is asked.
SINCE = "since"


def questions(ticket: Ticket) -> Iterator[Question]:
    """What the customer is asked and could answer by link."""
    for room in (remote, parts, changes, resolution):
        yield from (each for each in room.MATTER.asks(ticket) if each.asked in ANSWERS)


def _meant(ticket: Ticket, command: Command) -> list[Question]:
    asked, about = ASKED.of(command), ABOUT.of(command)
    return [each for each in questions(ticket) if each.asked == asked and about in {None, each.about}]


def may_be_handed(ticket: Ticket, command: Command) -> Refusal | None:
    """A link is for one open question; of ours, to somebody of the customer; of theirs, to themselves."""
    if not command.data:
        return _nothing_to_hand(ticket, command)
    meant = _meant(ticket, command)
    if len(meant) > 1:
        return WHICH_ONE.filled(names=listed(str(each.about) for each in meant))
    if not meant:
        return NOT_ASKED
    return _not_for_them(command) or _would_be_refused(ticket, command, meant[0])


def _nothing_to_hand(ticket: Ticket, command: Command) -> Refusal | None:
    """Why there is no question that they could hand over, whoever it would be for."""
    found = [_would_be_refused(ticket, command, each) for each in questions(ticket)] or [NOT_ASKED]
    return None if None in found else found[0]


def _not_for_them(command: Command) -> Refusal | None:
    if command.actor.role in CUSTOMER_SIDE:
        return None if FOR.of(command) in {None, command.actor.id} else ONLY_ONES_OWN
    return on_behalf.OWN_RECORD if _accounts(command) & command.actor.accounts else None


def _would_be_refused(ticket: Ticket, command: Command, question: Question) -> Refusal | None:
    """Why a yes with it would not count, so that nobody is called for nothing."""
    yes, _ = ANSWERS[question.asked]
    known = {LINK: {HANDERS_ACCOUNTS: sorted(command.actor.accounts)}} if _is_handed(command) else {}
    who = Actor(FOR.of(command) or "", Role.CUSTOMER_CONTACT, also=tuple(sorted(_accounts(command))))
    data = {NAMED_BY[question.asked]: question.about} if question.asked in NAMED_BY else {}
    return _NEEDS[yes](ticket, Command("", yes, who, command.accepted_at, data=data, known=known))


def _is_handed(command: Command) -> bool:
    return command.actor.role not in CUSTOMER_SIDE


def _accounts(command: Command) -> frozenset[str]:
    return frozenset(command.known.get(FOR_ACCOUNTS, ()))


_NEEDS: dict[C, Rule] = {
    row.kind: row.needs
    for room in (remote, parts, changes, resolution)
    for row in room.MATTER.rows
    if row.needs is not None
}


def is_asked_still(ticket: Ticket, command: Command) -> Refusal | None:
    """An answer by link is to the very question that the link was made for: to no other, and to no later one."""
    link = command.known.get(LINK) or {}
    if ASKED.name not in link:
        return None
    asked, about = Asked(link[ASKED.name]), link.get(ABOUT.name)
    since = link.get(SINCE) and datetime.fromisoformat(link[SINCE])
    answers = command.kind in ANSWERS[asked] and command.data.get(NAMED_BY.get(asked, "")) == about
    waits = (asked, about, since) in ((each.asked, each.about, each.since) for each in questions(ticket))
    return None if answers and waits else NO_LONGER_ASKED


def _says(before: Ticket, _: Ticket, command: Command) -> dict[str, Any]:
    """For whom it is, and which question exactly."""
    question = _meant(before, command)[0]
    about = {ABOUT.name: question.about} if question.about else {}
    since = {SINCE: question.since.isoformat()} if question.since else {}
    return {FOR.name: FOR.of(command) or command.actor.id, **since, **about}


def as_told(command: Command) -> dict[str, Any]:
    """What the entry of an answer by link tells: the channel, and which of ours had handed it over."""
    link = command.known.get(LINK)
    if link is None:
        return {}
    return {"channel": LINK} | ({HANDED_BY: link[HANDED_BY]} if link.get(HANDED_BY) else {})


def _ways(ticket: Ticket, _: datetime) -> Iterator[Way]:
    """Each question that waits; where none does, any."""
    found = [
        Way({ASKED.name: each.asked.value} | ({ABOUT.name: each.about} if each.about else {}))
        for each in questions(ticket)
    ]
    yield from found or [Way({ASKED.name: each.value}) for each in ANSWERS]


MATTER = Matter(
    rows=(
        Row(
            C.HAND_LINK,
            Happening.LINK_HANDED,
            (FOR, ASKED, ABOUT),
            needs=may_be_handed,
            says=_says,
            during=UNTIL_CLOSED,
            ways=_ways,
        ),
    ),
)
