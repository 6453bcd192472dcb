"""Merging: two reports of one fault under one contract. The one received later ends in the other, which goes on.

It ends once the other, still open, has recorded it: the API signs what the other is told, the ticket's workflow sends
it there and waits for what the other has decided, and nothing else is decided on meanwhile. Tickets wait for earlier
ones alone, so never in a circle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.matters.assignment import handled_by, worked_by
from domain.matters.ending import ended
from domain.matters.major import is_candidate, is_major
from domain.matters.matter import UNTIL_CLOSED, Matter, Row, Way
from domain.people.actors import SYSTEM
from domain.ticket import asking
from domain.ticket.commands import Command, Field, Type
from domain.ticket.commands import CommandKind as C
from domain.ticket.opening import Contact
from domain.ticket.records import End, Merged
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label
from domain.words.refusals import Refusal

NOT_ONE_CONTRACT = Refusal(
    "not_one_contract",
    Label(
        "只有同一客户、同一合同下的报修才能合并；来电单位尚未核实的，请先核实（identify）。",
        "Only reports of one customer under one contract are merged; find out first whose they are (identify).",
    ),
)
RECEIVED_FIRST = Refusal(
    "received_first",
    Label(
        "此单受理在先；请反过来，把另一单并入此单。",
        "This one was received first; merge the other one into it.",
    ),
)
REPORTED_SINCE = Refusal(
    "reported_since",
    Label(
        "另一单已经解决，此单在其后才受理，可能是新的故障；请先重新打开另一单（reopen），或在此单继续处理。",
        "The other one is resolved, and this was received after that, so it may be another fault; reopen the other "
        "one first (reopen), or go on here.",
    ),
)
GRAVER = Refusal(
    "graver_than_the_other",
    Label(
        "此单比另一单严重（重大问题、候选或级别更高）；请先将另一单重新定级（classify）。",
        "It is graver than the other (major, a candidate, or by its level); classify the other one first (classify).",
    ),
)
SOMETHING_RUNS = Refusal(
    "something_runs",
    Label("此单尚有未完成事项，请先办结：{what}。", "Something of it still runs or is out, end that first: {what}."),
)
OTHER_CLOSED = Refusal(
    "other_closed",
    Label(
        "另一单已经关闭，不能并入；请在此单继续处理。",
        "The other one is closed, so it takes nothing in; go on here.",
    ),
)

UNPROVEN = Refusal(
    "unproven",
    Label(
        "另一单未能核实这次合并的签名（签名密钥可能刚刚更换），未作合并；请重新合并（merge）。",
        "The other one could not verify by whose key it was asked (it may just have been withdrawn), so nothing is "
        "merged; merge them once more (merge).",
    ),
)

INTO = Field("into", Type.WORD)
FROM = Field("from", Type.WORD)
#: In what the API found: how the other ticket stands (``as_seen``), and the command by which it is told, signed.
OTHER, ASKS = "other", "asks"
#: In how the merged one stands: who has worked on it (``hands``), so that the rules of separation keep them apart.
HANDS = "hands"
#: In what the ticket's workflow found since: what the other has decided.
ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other ticket has decided. Stored in histories.

    Attributes:
        reason, detail: of a refusal, in its own words.
    """

    accepted: bool
    reason: str = ""
    detail: dict[str, str] = field(default_factory=dict)


def as_seen(ticket: Ticket) -> dict[str, Any]:
    """What another ticket has to know of it."""
    return {
        "number": ticket.opening.number,
        "received_at": ticket.opening.received_at.isoformat(),
        "resolved_at": ticket.resolution.at.isoformat() if ticket.resolution else None,
        "customer": ticket.customer.id,
        "contract": ticket.terms.contract,
        "level": ticket.level,
        "major": is_major(ticket) or is_candidate(ticket),
        "contact": {"name": ticket.contact.name, "phone": ticket.contact.phone},
        HANDS: hands(ticket),
    }


def hands(ticket: Ticket) -> dict[str, list[str]]:
    """Who has worked on it: in charge, by an act or by taking its report, and by asking for remote access."""
    applicants = {application.by for application in ticket.applications}
    return {
        "handlers": sorted(handled_by(ticket)),
        "workers": sorted(worked_by(ticket) | applicants),
        "askers": sorted(asking.all_askers(ticket.askers, "remote")),
    }


def as_data(command: Command) -> dict[str, Any]:
    """A command, signed, as what another brings along with it."""
    return {
        "command_id": command.command_id,
        "accepted_at": command.accepted_at.isoformat(),
        "data": dict(command.data),
        "known": dict(command.known),
        "signature": command.signature,
    }


def as_command(data: Mapping[str, Any]) -> Command:
    """The command that was brought along."""
    return Command(
        command_id=data["command_id"],
        kind=C.MERGE_IN,
        actor=SYSTEM,
        accepted_at=datetime.fromisoformat(data["accepted_at"]),
        data=data["data"],
        known=data["known"],
        signature=data["signature"],
    )


def asks_the_other(ticket: Ticket, command: Command) -> bool:
    """Whether the other ticket is to record it before anybody can decide on it here."""
    return command.kind is C.MERGE and ASKS in command.known and may_be_merged(ticket, command) is None


def may_be_merged(ticket: Ticket, command: Command) -> Refusal | None:
    """The later of two reports under one contract, not the graver, with nothing that still runs or is out."""
    answer = command.known.get(ANSWER)
    if isinstance(answer, Answer):
        return None if answer.accepted else _as_answered(answer)
    if not command.data:
        return _runs(ticket)
    other = command.known.get(OTHER)
    if other is None:
        return OTHER_CLOSED
    return _fit(ticket, as_seen(ticket), other) or _runs(ticket)


def _as_answered(answer: Answer) -> Refusal:
    """In the words of the other, where they say more than that it is closed."""
    if answer.reason in {"", "closed"}:
        return OTHER_CLOSED
    return Refusal(answer.reason, Label.from_json(answer.detail))


def _fit(ticket: Ticket, later: Mapping[str, Any], earlier: Mapping[str, Any]) -> Refusal | None:
    """Whether one ends in the other; by the levels of the contract that they have in common."""
    one = ("customer", "contract")
    if later["customer"] is None or any(later[name] != earlier[name] for name in one):
        return NOT_ONE_CONTRACT
    if _received(later) < _received(earlier):
        return RECEIVED_FIRST
    resolved_at = earlier.get("resolved_at")
    if resolved_at and _received(later)[0] > datetime.fromisoformat(resolved_at):
        return REPORTED_SINCE
    grave = later["major"] and not earlier["major"]
    return GRAVER if grave or _rank(ticket, later["level"]) < _rank(ticket, earlier["level"]) else None


def _received(report: Mapping[str, Any]) -> tuple[datetime, str]:
    return datetime.fromisoformat(report["received_at"]), report["number"]


def _rank(ticket: Ticket, level: str | None) -> int:
    """The gravest first; what nobody has classified last."""
    levels = ticket.terms.levels
    return levels.index(level) if level in levels else len(levels)


def _runs(ticket: Ticket) -> Refusal | None:
    """What still runs or is out."""
    remote, plan = ticket.remote, ticket.plan
    planned = plan is not None and bool(plan.starts_at or plan.started_at) and not plan.ended_at
    running = {
        Label("远程会话", "a remote session"): remote is not None and remote.session_since is not None,
        Label("重大问题申请", "an application"): any(each.decision is None for each in ticket.applications),
        Label("应急预案", "an emergency plan"): planned,
        Label("备件", "a part"): any(not each.arrived and not each.refused for each in ticket.parts),
        Label("备用设备", "a substitute"): ticket.substitute_out,
        Label("上门", "a visit"): bool(ticket.on_way_since or ticket.on_site_since),
        Label("厂家协办", "a vendor's case"): any(each.closed_at is None for each in ticket.vendor_cases),
    }
    what = [label for label, runs in running.items() if runs]
    named = Label("、".join(each.zh for each in what), ", ".join(each.en for each in what))
    return SOMETHING_RUNS.filled(what=named) if what else None


def merge(ticket: Ticket, command: Command, at: datetime) -> Ticket:
    """It ends: its open promises are cancelled, what it has breached stays."""
    return replace(ended(ticket, End.MERGED, at), merged_into=INTO.of(command))


def may_take_in(ticket: Ticket, command: Command) -> Refusal | None:
    """As the other stood when it was asked, and this one stands now."""
    later = command.known.get(OTHER)
    return _fit(ticket, later, as_seen(ticket)) if later else None


def take_in(ticket: Ticket, command: Command, _: datetime) -> Ticket:
    """Another report of the same fault: whoever reported it there is called back, too."""
    contact = Contact(**command.known[OTHER]["contact"])
    others = tuple(each for each in ticket.merged if each.number != FROM.of(command))
    ticket = _with_hands(ticket, command.known[OTHER].get(HANDS, {}))
    return replace(ticket, merged=(*others, Merged(FROM.of(command), contact)))


def _with_hands(ticket: Ticket, brought: Mapping[str, list[str]]) -> Ticket:
    """Whoever worked on the other has worked on this one, by every rule that keeps them apart from an answer."""
    return replace(
        ticket,
        handlers=tuple(dict.fromkeys((*ticket.handlers, *brought.get("handlers", ())))),
        workers=tuple(dict.fromkeys((*ticket.workers, *brought.get("workers", ())))),
        askers=asking.asked_too(ticket.askers, "remote", brought.get("askers", ())),
    )


def _whom(_: Ticket, __: Ticket, command: Command) -> dict[str, Any]:
    """Whom to call back, too, and who has merged the reports."""
    return {"contact": command.known[OTHER]["contact"], "by": command.known.get("by")}


def _ways(ticket: Ticket, _: datetime) -> Iterator[Way]:
    """Into a report of the same fault that was received first and is no less grave; whether there is one is unknown."""
    first = {"number": "", "resolved_at": None, "level": next(iter(ticket.terms.levels), None), "major": True}
    yield Way({INTO.name: "another"}, {OTHER: as_seen(ticket) | first})


MATTER = Matter(
    rows=(
        Row(C.MERGE, Happening.MERGED, (INTO,), needs=may_be_merged, does=merge, ways=_ways),
        Row(
            C.MERGE_IN,
            Happening.MERGED_IN,
            (FROM,),
            needs=may_take_in,
            does=take_in,
            says=_whom,
            during=UNTIL_CLOSED,
        ),
    ),
)
