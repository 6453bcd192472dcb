"""Sentences: what a notice says to somebody, the fields of its templates filled in from entry and ticket."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.audience.desk import Desk
from domain.audience.labels import ROLES, STAGES
from domain.audience.notices.alarms import ASKED_FOR, FIND_SOMEBODY, HOTLINES_OWN
from domain.audience.notices.calls import GAP, called_for
from domain.audience.notices.notice import Notice, Standing
from domain.audience.saying import Sentence
from domain.audience.times import duration, late, moment
from domain.audience.visibility import may_name, message, sees_all
from domain.audience.vocabulary import WAITS_FOR
from domain.contract.clauses import Kind
from domain.contract.labels import PAUSES
from domain.matters.calls import ANSWERED_FOR
from domain.matters.index import GATES, REFUSALS
from domain.matters.service_log import STEPS, Step
from domain.people.actors import Actor, Role
from domain.people.departments import department_names
from domain.ticket.commands import CommandKind as C
from domain.ticket.opening import Contact
from domain.ticket.timeline import Entry
from domain.words.label import Label, Language, in_a_row, in_words, listed

_NOTHING = listed(())
_LACKS = Label("还缺：{missing}", "Still missing: {missing}")
_COMPLETE = Label("已无缺项，可以关闭", "Nothing is missing any more")
_AGREES, _DISAGREES = Label("表示同意", "agrees to"), Label("表示不同意", "does not agree to")
_LONGEST = 120
_CLAUSE = re.compile(r"\d{3}-\d{2}")
_SUBJECTS = {gate.id: gate.name for gate in GATES}
#: What a consent is to that names a clause which promises nothing of itself.
_BY_CLAUSE = {clause: gate.name for gate in GATES if C.CONSENT in gate.given_by for clause in gate.clauses}
_PLANS = {"one": Label("一", "one"), "two": Label("二", "two"), "three": Label("三", "three")}
UNCLASSIFIED, NOBODY = Label("未定级", "not classified yet"), Label("尚无人负责", "nobody yet")
#: Whom to get in touch with.
IN_CHARGE = Label("负责人 {owner}", "{owner}, who is in charge,")
HOTLINE_INSTEAD = Label("热线（此单尚无人负责）", "the hotline (nobody is in charge yet)")
_TWO_ENDS = re.compile(r"([？！…?!])[。.]")
#: Quotation marks within a quotation.
_INNER = str.maketrans("“”", "‘’")
#: What follows every text for people of ours, for the customer's, for a vendor.
_OURS = Label(
    "工单 {number}，{customer}，{level}，{since} 受理。", "Ticket {number}, {customer}, {level}, received {since}."
)
_OWED = Label("{owed}须在 {owed_by} 前完成。", "The {owed} is due at {owed_by}.")
_OVERDUE = Label("{owed}本应在 {owed_by} 前完成。", "The {owed} was due at {owed_by}.")
_CUSTOMERS = Label("工单 {number}，“{title}”，{since} 受理。", "Ticket {number}, “{title}”, received {since}.")
_VENDORS = Label("工单 {number}，{customer}。", "Ticket {number}, {customer}.")

#: To the administrator, who reads no ticket: number and reason only.
_TO_ADMINISTRATOR = Notice(
    (),
    Label("工单 {number} 的消息无人可通知", "Nobody can be told of ticket {number}"),
    Label(
        "工单 {number} 有消息要通知，但相应角色、值班经理和主管领导都没有在用人员。",
        "Ticket {number} has a message for a role that nobody has; nor is there a duty manager or a leader.",
    ),
    Label("请尽快补充人员。", "Add people for these roles."),
)


def sentence(notice: Notice, entry: Entry, standing: Standing, recipient: Actor, desk: Desk) -> Sentence:
    """What the notice says to somebody. What they may not see stands in none of its fields."""
    if recipient.role is Role.ADMINISTRATOR:
        own = notice if notice.to and _tells_number_only(notice) else _TO_ADMINISTRATOR
        return _filled(own, {"number": standing.number})
    values = fields(entry, standing, recipient, desk)
    said = _filled(notice, values)
    background = _background(recipient, _owes(notice, entry, standing))
    return Sentence(said.title, said.text.followed_by(background.filled(**values)), said.action)


def fields(entry: Entry, standing: Standing, recipient: Actor, desk: Desk) -> dict[str, Any]:
    """Every field that a template may have, as it is for somebody."""
    data = entry.data if sees_all(recipient) else message(recipient, entry.happening, entry.data)
    now = entry.recorded_at
    return (
        _of_ticket(standing, now)
        | _of_people(entry, standing, recipient, desk)
        | _of_entry(data, now, standing)
        | _of_promise(data, now, standing)
        | _of_nobody_in_charge(data, standing, recipient)
    )


def gap(role: Role) -> Sentence:
    """That nobody of the role is on duty."""
    return _filled(GAP, {"role": ROLES[role]})


def _tells_number_only(notice: Notice) -> bool:
    return not re.search(
        r"\{(?!number\})", notice.title.zh + notice.text.zh + (notice.action.zh if notice.action else "")
    )


def _background(recipient: Actor, owed: Label | None) -> Label:
    """``owed``: what is still to be said of what is owed next."""
    if recipient.role is Role.VENDOR:
        return _VENDORS
    if not sees_all(recipient):
        return _CUSTOMERS
    return _OURS.followed_by(owed) if owed else _OURS


def _owes(notice: Notice, entry: Entry, standing: Standing) -> Label | None:
    """What is owed next, as still to come or as it should have been."""
    if standing.owed is None or _says_when(notice, entry, standing):
        return None
    return _OVERDUE if standing.owed.due_at < entry.recorded_at else _OWED


def _says_when(notice: Notice, entry: Entry, standing: Standing) -> bool:
    """Whether the notice itself names the instant at which that is due which is owed next."""
    due, owed = entry.data.get("due_at"), standing.owed
    if owed is None or not isinstance(due, str):
        return False
    return "{due}" in notice.text.zh and datetime.fromisoformat(due) == owed.due_at


def _filled(notice: Notice, values: Mapping[str, Any]) -> Sentence:
    said = Sentence(notice.title, notice.text, notice.action).filled(**values)
    return replace(said, text=_ended_once(said.text))


def _ended_once(text: Label) -> Label:
    """A question or a cry of somebody's ends our sentence too."""
    return Label(*(_TWO_ENDS.sub(r"\1", text.to(each)) for each in Language))


def _of_ticket(standing: Standing, now: datetime) -> dict[str, Any]:
    owed = standing.owed
    return {
        "number": standing.number,
        "customer": standing.customer.name,
        "level": standing.level_name or standing.level or UNCLASSIFIED,
        "title": _short(standing.title).translate(_INNER),
        "contact": _contacts((standing.contact, *standing.other_contacts)),
        "since": moment(standing.received_at, now),
        "owed": standing.kind(owed.kind) if owed else _NOTHING,
        "owed_by": moment(owed.due_at, now) if owed else _NOTHING,
    }


def _contacts(contacts: Iterable[Contact]) -> Label:
    """Whom to call back: each once."""
    said = [(each.name, each.phone) for each in dict.fromkeys(contacts)]
    return Label("、".join(f"{n}（{p}）" for n, p in said), ", ".join(f"{n} ({p})" for n, p in said))


def _of_people(entry: Entry, standing: Standing, recipient: Actor, desk: Desk) -> dict[str, Any]:
    phone = to.phone if (to := desk.members.get(str(entry.data.get("to")))) else None
    named = may_name(recipient, entry.actor, standing.owner)
    return {
        "owner": _name(standing.owner, desk) or NOBODY,
        "in_charge": IN_CHARGE.filled(owner=_name(standing.owner, desk)) if standing.owner else HOTLINE_INSTEAD,
        "actor": _recorded(entry, desk) or _acting(entry, desk, named=named),
        "before": _name(entry.data.get("from"), desk) or NOBODY,
        "to": _name(entry.data.get("to"), desk),
        "vendor": _name(entry.data.get("vendor"), desk),
        "worked": _name(entry.data.get("worked"), desk),
        "to_phone": Label(f"（电话 {phone}）", f" (phone {phone})") if phone else _NOTHING,
    }


def _acting(entry: Entry, desk: Desk, *, named: bool) -> Label | str:
    """Who acted, by name where they may be named and have one; an account's id is nobody's name."""
    member = desk.members.get(entry.actor.id) if named else None
    return member.name if member else ROLES[entry.actor.role]


def _recorded(entry: Entry, desk: Desk) -> Label | None:
    """Of a word of the customer that one of us recorded, both names (代录)."""
    said = entry.data.get("on_behalf")
    if not said:
        return None
    who, by = _name(said["name"], desk), _name(entry.actor.id, desk)
    unknown = _NOTHING if said.get("on_record", True) else Label("未登记的人员，", "nobody on record, ")
    return Label(f"{who}（{unknown.zh}{by}代录）", f"{who} ({unknown.en}recorded by {by})")


def _of_entry(data: Mapping[str, Any], now: datetime, standing: Standing) -> dict[str, Any]:
    return {
        "said": _said(data),
        "words": _said(data.get("data") or {}),
        "scope": _short(str(data.get("scope", ""))),
        "asked": WAITS_FOR.get(data.get("asked", ""), _NOTHING),
        "until": _until(data.get("expires_at") or data.get("until"), now),
        "plan_at": _moment_of(data.get("plan_starts_at"), now),
        **{name: _moment_of(data.get(name), now) for name in ("unowned_since", "silent_since", "called_since")},
        "called_for": called_for(data.get("causes") or data.get(ANSWERED_FOR) or (), standing),
        "missing": _missing(data.get("missing"), data.get("steps") or ()),
        "stage": STAGES.get(data.get("stage", ""), _NOTHING),
        "pause": PAUSES.get(str(data.get("reason")), _NOTHING),
        "plan": _PLANS.get(str(data.get("plan")), _NOTHING),
        "subject": _subject(data, now, standing),
        "agreed": _DISAGREES if data.get("agreed") is False else _AGREES,
        "departments": department_names(data.get("departments", ())),
        "promises": _promises(data.get("changed", ()), standing),
        "merged": str(data.get("from", "")),
        **{name: str(data.get(name, "")) for name in ("part", "change", "version", "into")},
    }


def _subject(data: Mapping[str, Any], now: datetime, standing: Standing) -> Label | str:
    """What a consent is to, in words; the clause that it named stands beside it."""
    subject = str(data.get("subject", ""))
    if subject in _SUBJECTS:
        return _SUBJECTS[subject]
    promised = in_words(standing.kind(Kind(kind)) for kind in data.get("kinds", ()))
    words, until = promised or _BY_CLAUSE.get(subject), _moment_of(data.get("until"), now)
    if words is None:
        return subject
    later = Label(f"推迟至 {until.zh}", f" by {until.en}") if until.zh else _NOTHING
    return Label(f"{words.zh}{later.zh}（条款 {subject}）", f"{words.en}{later.en} (clause {subject})")


def _of_promise(data: Mapping[str, Any], now: datetime, standing: Standing) -> dict[str, Any]:
    kind, due = data.get("kind"), data.get("due_at")
    known = Kind(kind) if kind in set(Kind) else None
    due_at = datetime.fromisoformat(due) if isinstance(due, str) else None
    return {
        "kind": standing.kind(known) if known else _NOTHING,
        "asked_for": ASKED_FOR[known].filled(device=_device(standing)) if known else _NOTHING,
        "device": _device(standing),
        "rung": str(data.get("rung", "")),
        "due": moment(due_at, now) if due_at else _NOTHING,
        "late": late(now - due_at) if due_at else _NOTHING,
        "left": _left(due_at - now) if due_at else _NOTHING,
    }


def _of_nobody_in_charge(data: Mapping[str, Any], standing: Standing, recipient: Actor) -> dict[str, Any]:
    """The hotline, told in the place of whoever would be in charge, finds somebody for what it cannot do itself."""
    instead = standing.owner is None and recipient.role is Role.HOTLINE
    return {"asked_for": FIND_SOMEBODY} if instead and data.get("kind") not in HOTLINES_OWN else {}


def _device(standing: Standing) -> Label:
    """What the contract's document calls a substitute device: its promise is called after it."""
    name = standing.kind(Kind.SUBSTITUTE)
    return Label(name.zh.removeprefix("提供"), name.en)


def _left(left: timedelta) -> Label:
    """How long there is still time; a warning that comes late says that there is none."""
    return Label("还剩 {left}", "{left} left").filled(left=duration(left)) if left > timedelta() else late(-left)


def _said(data: Mapping[str, Any]) -> Label:
    """The words of whoever acted, or the clause by which the system did."""
    words = next(
        (data[name] for name in ("text", "opinion", "summary", "reason") if isinstance(data.get(name), str)), ""
    )
    if _CLAUSE.fullmatch(words):
        return Label(f"（条款 {words}）", f" (clause {words})")
    if not words or words in PAUSES:
        return _NOTHING
    words = _short(words).translate(_INNER)
    return Label(f"，说明：“{words}”", f": “{words}”")


def _short(text: str) -> str:
    """A text of somebody's in one line, cut where it is longer than a message."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _name(id_: object, desk: Desk) -> str:
    member = desk.members.get(str(id_))
    return member.name if member else str(id_ or "")


def _missing(code: object, steps: Iterable[str]) -> Label:
    """What is missing for closing, as the refusal of the close says it, and which steps; or that all is there."""
    if not code:
        return _COMPLETE
    if (refusal := REFUSALS.get(str(code))) is None:  # of a later version
        return _NOTHING
    words = refusal.adding(in_a_row(STEPS[Step(each)] for each in steps)).words if steps else refusal.words
    return _LACKS.filled(missing=Label(*(words.to(each).rstrip("。.：:") for each in Language)))


def _promises(changed: Any, standing: Standing) -> Label:  # noqa: ANN401  # as the entry has it
    return in_words(standing.kind(Kind(kind)) for kind in dict.fromkeys(each["kind"] for each in changed)) or _NOTHING


def _until(instant: object, now: datetime) -> Label:
    at = _moment_of(instant, now)
    return Label(f"，有效至 {at.zh}", f" until {at.en}") if at.zh else _NOTHING


def _moment_of(instant: object, now: datetime) -> Label:
    return moment(datetime.fromisoformat(instant), now) if isinstance(instant, str) else _NOTHING
