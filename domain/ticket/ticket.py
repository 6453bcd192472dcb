"""The ticket: one customer report, all that is known of it, and the entries nobody has projected yet."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.contract.clauses import Arming, FactValue, Kind, Origin
from domain.contract.promises import Case, Extension, Stop
from domain.contract.terms import Terms
from domain.people.actors import SYSTEM, Actor
from domain.ticket import asking
from domain.ticket.call import Call
from domain.ticket.commands import Command
from domain.ticket.identity import digest
from domain.ticket.obligations import Obligation
from domain.ticket.opening import Contact, Customer, Opening, Party
from domain.ticket.records import (
    Act,
    Application,
    Change,
    Consultation,
    End,
    Followups,
    Merged,
    PartOrder,
    Pause,
    Plan,
    RemoteAccess,
    Resolution,
    Substitute,
    VendorCase,
    Visit,
)
from domain.ticket.stages import Stage
from domain.ticket.timeline import Entry, Happening


@dataclass(frozen=True, slots=True)
class Ticket:
    """How a ticket stands. Stored in histories.

    Attributes:
        seq: number of the last entry.
        moments: the origins that have happened.
        armings: what has armed obligations, and when.
        acts: what meets obligations of a kind, whether or not anything was armed; the act that happened first counts.
        handlers: who has been in charge, in the order of the hand-overs.
        workers: who has acted on it in a role of those who work on tickets, whatever theirs is by now.
        extensions: kind by kind, until when the customer agreed in writing to wait (001-05).
        stops: every stretch in which clocks stood still.
        major_proposed: its level has made it a candidate for a major incident (000-08).
        major_judged: somebody has said whether it is one.
        reopened_at: the last rejection or reopening; no resolution takes effect before it.
        half_spent_at: when half of the time to resolve was spent, where that brings people in (000-28, 004-09).
        heard_at: the last sign of life from the service side.
        heartbeat_missed_since: the silence that has been reported last (003-08).
        agreed_as_of: how old what it was told of its customer's agreements is, by the command that told it.
        customer_gone: its customer is deactivated: nobody of it enters, or grants anything.
        schedule_wanted: somebody asked for provisional due times to be derived anew.
        entered: the stages that it was led to, each once; going back lifts nothing.
        service: the pack's service code (001-10); ``category``: its category of support (000-06).
        touched: something was done that is more than taking the report in: it can no longer be discarded.
        ended_as: how it ended, where nobody resolved it.
        followups: what a survey that was not satisfied has brought.
        on_site_since: somebody is on site since then; None once the visit is over.
        on_way_since: somebody is on the way since then; None once they are there, or need not go on.
        visits: each of each person, as far as they were told; of tickets that are older than this note, none.
        steps: the five steps of 004-04 that are done or waived.
        unowned_since: nobody is in charge any more since then; None: it has been so since the opening.
        unowned_told: the alarms that nobody is in charge, of this stretch.
        substitute_told: the alarms that a substitute is, or may soon be, promised.
        closing_told_at: when it was told last that something is missing for closing what is confirmed.
        askers: who asked for what is answered later (``domain.ticket.asking``).
        recorders: who recorded a word that the customer gave by telephone or on site, by what it is about:
            a consent's subject, a part, a change, ``grant``, ``confirmation``.
        evidence_owed: somebody alone recorded a grant and worked on it; what proves it is owed before the close.
        party: whose report it is known to be since it was identified; None: as it was reported.
        corrected: what of the report was written down wrong, by field, as it is right.
        merged: the other reports of the same fault that ended in it.
        merged_into: the ticket in which it ended.
        call: somebody is to answer for it; None: nobody is.
        fresh: entries not yet given to the read model.
    """

    opening: Opening
    terms: Terms
    seq: int = 0
    stage: Stage = Stage.TRIAGE
    level: str | None = None
    facts: dict[str, FactValue] = field(default_factory=dict)
    assignee: str | None = None
    handlers: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    extensions: dict[Kind, Extension] = field(default_factory=dict)
    moments: dict[Origin, datetime] = field(default_factory=dict)
    armings: dict[Arming, datetime] = field(default_factory=dict)
    acts: dict[Kind, tuple[Act, ...]] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    pause: Pause | None = None
    resolution: Resolution | None = None
    reopened_at: datetime | None = None
    half_spent_at: datetime | None = None
    closed_at: datetime | None = None
    remote: RemoteAccess | None = None
    major_proposed: bool = False
    major_judged: bool = False
    formal_report: bool = False
    applications: tuple[Application, ...] = ()
    vendor_cases: tuple[VendorCase, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    parts: tuple[PartOrder, ...] = ()
    changes: tuple[Change, ...] = ()
    plan: Plan | None = None
    substitutes: tuple[Substitute, ...] = ()
    heard_at: datetime | None = None
    heartbeat_missed_since: datetime | None = None
    schedule_wanted: bool = False
    agreed_as_of: dict[str, datetime] = field(default_factory=dict)
    onsite_applied: bool = False
    entered: tuple[Stage, ...] = ()
    service: str | None = None
    category: str | None = None
    touched: bool = False
    ended_as: End | None = None
    followups: Followups | None = None
    on_site_since: datetime | None = None
    log_written: bool = False
    steps: tuple[str, ...] = ()
    unowned_since: datetime | None = None
    unowned_told: tuple[str, ...] = ()
    substitute_told: tuple[str, ...] = ()
    closing_told_at: datetime | None = None
    askers: dict[str, str] = field(default_factory=dict)
    recorders: dict[str, str] = field(default_factory=dict)
    evidence_owed: bool = False
    party: Party | None = None
    merged: tuple[Merged, ...] = ()
    merged_into: str | None = None
    workers: tuple[str, ...] = ()
    on_way_since: datetime | None = None
    customer_gone: bool = False
    visits: tuple[Visit, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    call: Call | None = None
    fresh: tuple[Entry, ...] = ()

    @property
    def customer(self) -> Customer:
        """Whose report it is, as far as that is known by now."""
        return (self.party or self.opening.party).customer

    @property
    def contact(self) -> Contact:
        """Whom to call back."""
        return (self.party or self.opening.party).contact

    @property
    def contract(self) -> str:
        """The contract that it is handled under, as it was named."""
        return (self.party or self.opening.party).contract

    @property
    def title(self) -> str:
        """What the report is called."""
        return self.corrected.get("title", self.opening.title)

    @property
    def description(self) -> str:
        """What was reported."""
        return self.corrected.get("description", self.opening.description)

    @property
    def site(self) -> str | None:
        """Where whoever is sent has to go."""
        return self.corrected.get("site", self.opening.site)

    @property
    def asset(self) -> str | None:
        """What it is about, as the customer numbers it."""
        return self.corrected.get("asset", self.opening.asset)

    @property
    def closed(self) -> bool:
        """Whether its life is over."""
        return self.stage is Stage.CLOSED

    @property
    def substitute_out(self) -> bool:
        """Whether a device is to be fetched."""
        return any(each.returned_at is None for each in self.substitutes)

    @property
    def vendors(self) -> tuple[str, ...]:
        """The vendors that have a case on it."""
        return tuple(case.vendor for case in self.vendor_cases if case.vendor)

    @property
    def case(self) -> Case:
        """What its due times depend on."""
        return Case(
            moments=self.moments,
            level=self.level,
            facts=self.facts,
            consents=frozenset(self.consents),
            stops=self.stops,
            extensions=self.extensions,
        )

    def write(
        self,
        happening: Happening,
        *,
        at: datetime,
        recorded_at: datetime,
        actor: Actor = SYSTEM,
        data: dict[str, Any] | None = None,
    ) -> "Ticket":
        """With one more entry on its timeline."""
        return self._with(Entry(self.seq + 1, happening, at, recorded_at, actor, data=data or {}))

    def answer(self, command: Command, happening: Happening, *, at: datetime, data: dict[str, Any]) -> "Ticket":
        """With the entry that answers a command."""
        entry = Entry(
            self.seq + 1,
            happening,
            at,
            command.accepted_at,
            command.actor,
            command.command_id,
            data,
            command.occurred_at,
            digest(command),
        )
        return self._with(entry)

    def _with(self, entry: Entry) -> "Ticket":
        """On the timeline; an answer names who had asked."""
        entry = replace(entry, data=entry.data | asking.asker(self.askers, entry))
        return replace(self, seq=entry.seq, askers=asking.asked(self.askers, entry), fresh=(*self.fresh, entry))

    def without_fresh(self, upto: int | None = None) -> "Ticket":
        """With its fresh entries given to the read model, all of them or those up to one."""
        return replace(self, fresh=tuple(entry for entry in self.fresh if upto is not None and entry.seq > upto))
