"""The record of a ticket as anybody may read it, and what can be told from its lines alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Entry
from store.models import EntryRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline, wherever it was read."""

    seq: int
    did: str
    at: datetime
    recorded_at: datetime
    who: str
    role: str
    department: str | None
    command_id: str | None
    data: dict[str, Any]

    @classmethod
    def of_entry(cls, entry: Entry) -> "Line":
        """From the ticket itself."""
        who = entry.actor
        return cls(
            entry.seq,
            str(entry.happening),
            entry.at,
            entry.recorded_at,
            who.id,
            str(who.role),
            who.department,
            entry.command_id,
            entry.data,
        )

    @classmethod
    def of_row(cls, row: EntryRow) -> "Line":
        """From the read model."""
        return cls(
            row.seq,
            str(row.happening),
            row.at,
            row.recorded_at,
            row.actor_id,
            str(row.actor_role),
            row.actor_department,
            row.command_id,
            row.data,
        )

    @classmethod
    def of_document(cls, shown: dict[str, Any]) -> "Line":
        """From the API, as the auditor reads it."""
        who = shown["actor"]
        return cls(
            shown["seq"],
            shown["happening"],
            datetime.fromisoformat(shown["at"]),
            datetime.fromisoformat(shown["recorded_at"]),
            who["id"],
            who["role"],
            who.get("department"),
            shown["command_id"],
            shown["data"],
        )

    @property
    def is_the_customers(self) -> bool:
        """Whether it is a word of the customer: the contact's own, or one that was recorded for them."""
        return self.role == "customer_contact" or bool(self.data.get("on_behalf"))

    @property
    def is_the_technicians(self) -> bool:
        """Whether it is that, or one of the customer's technical department (002-14)."""
        return self.is_the_customers or (self.role, self.department) == ("customer_approver", "technical")

    def as_if_accepted(self) -> "Line | None":
        """Of a refusal, the line that the command would have brought; None where it does not say."""
        did = BRINGS.get(self.data.get("kind", ""))
        return replace(self, did=did, data=self.data.get("data", {})) if did else None


#: What the commands bring that the laws look at.
BRINGS = {
    "start_remote": "remote_started", "end_remote": "remote_ended", "restore": "restored", "resolve": "resolved",
    "reserve_part": "part_reserved", "order_part": "part_ordered", "start_plan": "emergency_plan_started",
    "make_change": "change_made", "apply_major": "major_applied", "approve": "approved", "refuse": "refused",
    "advance": "advanced", "dispatch": "dispatched", "depart": "departed", "arrive": "arrived",
    "classify": "classified", "record_survey": "survey_recorded", "consent": "consented",
    "open_vendor_case": "vendor_case_opened", "close": "closed", "confirm": "confirmed",
    "accept_change": "change_accepted", "merge": "merged",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promise:
    """An obligation as it stands."""

    kind: str
    armed: tuple[str, ...]
    state: str
    reason: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a ticket stands, as far as the reader can see.

    Attributes:
        now: what time it is; ``slack``: by how much time may have passed unnoticed.
        hidden: the reader sees no session and no device.
    """

    now: datetime
    stage: str
    facts: dict[str, Any]
    promises: tuple[Promise, ...]
    session_since: datetime | None = None
    granted_until: datetime | None = None
    substitute_out: bool = False
    hidden: bool = False
    slack: timedelta = field(default_factory=timedelta)

    @classmethod
    def of(cls, ticket: Ticket, now: datetime, slack: timedelta = timedelta(0)) -> "Standing":
        """Of the ticket itself."""
        stopped = frozenset(kind for stop in ticket.stops if stop.until is None for kind in stop.kinds)
        return cls(
            now,
            str(ticket.stage),
            dict(ticket.facts),
            tuple(
                Promise(
                    str(each.kind),
                    tuple(str(arming) for arming in each.promise.armed),
                    str(each.state(paused=each.kind in stopped)),
                    each.reason,
                    each.promise.due_at,
                )
                for each in ticket.obligations
            ),
            ticket.remote.session_since if ticket.remote else None,
            ticket.remote.granted_until if ticket.remote else None,
            ticket.substitute_out,
            slack=slack,
        )


def last(lines: Sequence[Line], *did: str) -> Line | None:
    """The latest line of one of these."""
    return next((line for line in reversed(lines) if line.did in did), None)


def since(lines: Sequence[Line], line: Line) -> Iterator[Line]:
    """What came after a line."""
    return (each for each in lines if each.seq > line.seq)


def facts(lines: Iterable[Line]) -> dict[str, Any]:
    """What is known of the fault: as reported, as classified; what is applied for is major."""
    known: dict[str, Any] = {}
    for line in lines:
        if line.did in {"opened", "classified"}:
            known |= line.data.get("facts") or {}
        elif line.did == "major_applied":
            known["major"] = True
    return known


def entered(lines: Iterable[Line]) -> set[str]:
    """The stages that people or their work have led to."""
    return {each.data["stage"] for each in lines if each.did != "command_refused" and "stage" in each.data}


def department(line: Line) -> str | None:
    """For which department an approver spoke: their own, or the one that they stand in for."""
    return line.data.get("department") or line.department


def in_charge(lines: Sequence[Line]) -> str | None:
    """Who is in charge: who took the ticket, or was given it."""
    line = last(lines, "taken", "reassigned")
    return None if line is None else line.who if line.did == "taken" else line.data["to"]


#: Roles in which nobody works on a ticket: those of the customer, those who watch, and the system.
_IDLE = {"customer_contact", "customer_approver", "supervisor", "auditor", "administrator", "system"}


def workers(lines: Sequence[Line]) -> set[str | None]:
    """Everybody who was ever in charge, took the report or acted on it, whatever they are by now."""
    acted = {line.who for line in lines if line.did != "command_refused" and line.role not in _IDLE}
    return ({in_charge([line]) for line in lines} | acted) - {None}


def consents(lines: Iterable[Line], *, in_writing: bool = False) -> set[str]:
    """What the customer agrees to, by its subject."""
    given: set[str] = set()
    for line in lines:
        if line.did == "consented" and line.is_the_customers:
            if in_writing and line.data.get("agreed") is not False and not line.data.get("evidence"):
                continue
            (given.discard if line.data.get("agreed") is False else given.add)(line.data["subject"])
    return given


@dataclass(slots=True)
class Part:
    """A part, and who has spoken on it."""

    id: str
    agreed_by: str | None = None
    checked_as: set[str] = field(default_factory=set)


def parts(lines: Iterable[Line]) -> list[Part]:
    """Every part that was requested; a line that names none means the latest."""
    known: list[Part] = []
    for line in lines:
        if line.did == "part_requested":
            known.append(Part(f"P{len(known) + 1}"))
        elif line.did in {"part_agreed", "part_verified"}:
            part = meant(known, line.data.get("part"))
            if part and line.did == "part_agreed" and line.is_the_customers:
                part.agreed_by = line.who
            elif part and line.did == "part_verified":
                part.checked_as.add("stock" if line.role in {"stock_keeper", "commercial"} else "engineer")
    return known


@dataclass(slots=True)
class Change:
    """A change, and what was said of it. ``made``: the line by which it was."""

    id: str
    large: bool
    documents: str
    agreed: bool = False
    refused: bool = False
    accepted: bool = False
    made: int | None = None


def changes(lines: Iterable[Line]) -> list[Change]:
    """Every change that was proposed; a line that names none means the latest."""
    known: list[Change] = []
    for line in lines:
        if line.did == "change_proposed":
            documents = line.data.get("documents") or ""
            known.append(Change(f"C{len(known) + 1}", line.data.get("size") == "large", documents))
        elif line.did in _SAID_OF_CHANGES and (change := meant(known, line.data.get("change"))):
            _SAID_OF_CHANGES[line.did](change, line)
    return known


def _agreed(change: Change, line: Line) -> None:
    change.agreed = line.is_the_technicians


def _refused(change: Change, _: Line) -> None:
    change.refused = True


def _made(change: Change, line: Line) -> None:
    change.made = line.seq


def _accepted(change: Change, line: Line) -> None:
    change.accepted = line.is_the_technicians


#: Either has an id by which a line may name it.
Named = TypeVar("Named", Part, Change)

_SAID_OF_CHANGES = {
    "change_agreed": _agreed,
    "change_refused": _refused,
    "change_made": _made,
    "change_accepted": _accepted,
}


def meant(known: Sequence[Named], name: str | None) -> Named | None:
    """The one of that id, or the latest."""
    matching = [each for each in known if name in {None, each.id}]
    return matching[-1] if matching else None
