"""Messages: who is told of what happened on a ticket, once an act, with the strongest reason. The one function for
the inbox, the rehearsal and whatever is sent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from domain.audience.desk import WHO_ANSWER, Desk, How, reached, wanted
from domain.audience.notices.index import notices_of
from domain.audience.notices.notice import Notice, Standing, Whom
from domain.audience.saying import Sentence
from domain.audience.sentences import gap, sentence
from domain.audience.sights import REMINDERS, Whose
from domain.audience.visibility import message, sees_all, sight
from domain.people.actors import Actor, Role
from domain.people.departments import DEPARTMENTS
from domain.ticket.deadlines import Event
from domain.ticket.timeline import Entry, Happening
from domain.words.label import Label, in_words, listed


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person about one act.

    Attributes:
        entry: the one that it speaks of.
        whom: the word of the table that means the recipient; ``how``: how it came to them.
        gap: the role of which nobody is on duty; such a message is about the roster.
        call: of what asks them to act, the call by which they are called to answer for the ticket, if they are.
        told: numbers of all entries that the recipient learns of by it, those too that it need not put into words.
    """

    recipient: Actor
    entry: Entry
    whom: Whom
    how: How
    sentence: Sentence
    data: dict[str, Any]
    gap: Role | None = None
    call: int | None = None
    told: frozenset[int] = frozenset()

    @property
    def late_s(self) -> int | None:
        """Of an alarm about what is overdue, by how much; None: nothing is."""
        due = self.entry.data.get("due_at")
        if self.entry.happening is not Happening.ALARM_RAISED or not due:
            return None
        late = (self.entry.recorded_at - datetime.fromisoformat(due)) // timedelta(seconds=1)
        return late if late >= 0 else None


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why somebody is told: the entry, the notice and the word of it that means them."""

    entry: Entry
    notice: Notice
    whom: Whom
    how: How
    place: int

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """What asks them to act before what informs them, the highest rung, what came first, then as in its row."""
        return self.notice.action is None, -self.rung, self.entry.seq, self.place

    @property
    def rung(self) -> int:
        """Of an alarm of a promise, its rung; 0: it is something else."""
        return int(self.entry.data.get("rung", 0)) if self.entry.data.get("alarm") == Event.RUNG else 0


def asks(entries: Sequence[Entry], standing: Standing) -> tuple[frozenset[Role], frozenset[str]] | None:
    """The roles and people that the desk must know for these entries; None: they tell nobody."""
    told = [(entry, [whom for notice in _applying(entry, standing) for whom in notice.to]) for entry in entries]
    told = [(entry, words) for entry, words in told if words]
    return wanted(told, standing) if told else None


def wants_somebody(entry: Entry, standing: Standing) -> bool:
    """Whether the table tells anybody of it."""
    return any(_applying(entry, standing))


def messages(entries: Sequence[Entry], standing: Standing, desk: Desk) -> tuple[Message, ...]:
    """Who is told of these entries, and in which words."""
    return tuple(each for act in _acts(entries) for each in _of_act(act, standing, desk))


def heard(sent: Iterable[Message]) -> frozenset[int]:
    """The entries that somebody is told of by these messages."""
    return frozenset().union(*(message.told for message in sent))


def _applying(entry: Entry, standing: Standing) -> Iterator[Notice]:
    return (notice for notice in notices_of(entry) if notice.when.holds(entry, standing))


def _acts(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries by the act that brought them: what follows from one at its instant belongs to it."""
    acts: list[list[Entry]] = []
    for entry in entries:
        begun = next((act for act in acts if _is_rung_beside(entry, act[0])), None)
        if begun is None and acts and _follows(entry, acts[-1][0]):
            begun = acts[-1]
        if begun is None:
            acts.append([entry])
        else:
            begun.append(entry)
    return acts


def _is_rung_beside(entry: Entry, first: Entry) -> bool:
    """Whether both are rungs of one promise that were raised late, at one instant."""
    names = ("alarm", "obligation")
    one, other = ([each.data.get(name) for name in names] for each in (entry, first))
    return one == other and one[0] == Event.RUNG and entry.recorded_at == first.recorded_at


def _follows(entry: Entry, first: Entry) -> bool:
    if entry.command_id is not None or entry.data.get("alarm") == Event.RUNG:
        return False
    return entry.recorded_at == first.recorded_at and entry.at in {first.at, first.recorded_at}


def _of_act(act: Sequence[Entry], standing: Standing, desk: Desk) -> Iterator[Message]:
    reasons: dict[str, list[_Reason]] = {}
    gaps: dict[Role, Entry] = {}
    for person, reason in _reasons(act, standing, desk):
        reasons.setdefault(person, []).append(reason)
        if reason.how is How.NOBODY_ON_DUTY:
            gaps.setdefault(desk.members[person].actor.role, reason.entry)
    for person, found in sorted(reasons.items()):
        reasons_left = sorted(_without_lower_rungs(found), key=lambda reason: reason.rank)
        told = frozenset(reason.entry.seq for reason in found)
        said = _message(desk.members[person].actor, reasons_left, standing, desk)
        yield replace(said, told=told, call=_call_of(found))
    for role, entry in gaps.items():
        for each in desk.role(Role.DUTY_MANAGER):
            recipient = desk.members[each.person].actor
            yield Message(
                recipient, entry, Whom.DUTY_MANAGER, each.how, gap(role), {}, role, told=frozenset({entry.seq})
            )


def _call_of(found: Sequence[_Reason]) -> int | None:
    """The call that asks somebody to answer; who is only informed is not called."""
    return max(
        (each.entry.data["call"] for each in found if each.notice.action and "call" in each.entry.data), default=None
    )


def _without_lower_rungs(found: Sequence[_Reason]) -> Iterator[_Reason]:
    """Of rungs that are due together the highest alone is said to whoever it reaches."""
    highest: dict[object, int] = {}
    for each in found:
        promise = each.entry.data.get("obligation")
        highest[promise] = max(highest.get(promise, 0), each.rung)
    return (each for each in found if each.rung in {0, highest[each.entry.data.get("obligation")]})


def _reasons(act: Sequence[Entry], standing: Standing, desk: Desk) -> Iterator[tuple[str, _Reason]]:
    """Every reason for which anybody is told; nobody is told of their own act."""
    for entry in act:
        for place, notice in enumerate(_applying(entry, standing)):
            for whom in notice.to:
                for each in reached(whom, entry, standing, desk):
                    if each.person != entry.actor.id and _may_be_told(desk.members[each.person].actor, entry):
                        yield each.person, _Reason(entry, notice, whom, each.how, place)


def _may_be_told(recipient: Actor, entry: Entry) -> bool:
    """Of people outside: what is not hidden from them, and of alarms only reminders."""
    if sees_all(recipient) or recipient.role is Role.ADMINISTRATOR:
        return True
    if entry.happening is Happening.ALARM_RAISED and entry.data.get("alarm") not in REMINDERS:
        return False
    return sight(recipient, entry.happening).whose is not Whose.NOBODYS


def _message(recipient: Actor, reasons: Sequence[_Reason], standing: Standing, desk: Desk) -> Message:
    """The strongest reason; what else of the act concerns them follows in the same message, each entry once."""
    first = reasons[0]
    each_entry = {reason.entry.seq: reason for reason in reversed(reasons)}
    others = [each for seq, each in sorted(each_entry.items()) if seq != first.entry.seq]
    said = sentence(first.notice, first.entry, standing, recipient, desk)
    for other in others:
        said = said.with_more(sentence(other.notice, other.entry, standing, recipient, desk))
    if first.whom in WHO_ANSWER and first.how is How.SUBSTITUTE:
        said = replace(said, text=_in_whose_place(recipient, desk).followed_by(said.text))
    data = first.entry.data if sees_all(recipient) else message(recipient, first.entry.happening, first.entry.data)
    kept = (
        {} if recipient.role is Role.ADMINISTRATOR else {n: v for n, v in data.items() if n not in {"roles", "people"}}
    )
    return Message(recipient, first.entry, first.whom, first.how, said, kept)


_IN_PLACE = Label(
    "您作为{approvers}的代理人收到此消息。", "You are told in the place of {approvers}, whose deputy you are."
)


def _in_whose_place(deputy: Actor, desk: Desk) -> Label:
    """For whom, and for which department, somebody stands in."""
    theirs = (desk.members[one.approver] for one in desk.deputies if one.person == deputy.id)
    said = [(one.name, DEPARTMENTS.get(one.actor.department or "", listed(()))) for one in theirs]
    approvers = in_words(Label(f"{name}（{of.zh}）", f"{name} ({of.en})") for name, of in said)
    return _IN_PLACE.filled(approvers=approvers or listed(()))
