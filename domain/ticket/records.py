"""How things stand beside the stage: small records that a ticket keeps of pauses, grants, applications and legs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ticket.opening import Contact
from domain.ticket.stages import Stage


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did that meets obligations. Stored in histories.

    Attributes:
        occurred_at: when they say that they did it; None where they say nothing or the contract does not go by it.
        accepted_at: when we were told.
        unit: whose act it was, where they say so: ``local``, ``division``.
        resolving: a resolution's, which a rejection undoes.
    """

    occurred_at: datetime | None
    accepted_at: datetime
    unit: str = ""
    resolving: bool = False

    def effective(self, since: datetime) -> datetime:
        """When it counts, for a promise that counts from ``since``: the stated time where that is possible."""
        if self.occurred_at is None or not since <= self.occurred_at <= self.accepted_at:
            return self.accepted_at
        return self.occurred_at

    def adds_to(self, known: "Act") -> bool:
        """Whether it can count earlier than a known one, or for something else."""
        alike = (self.unit, self.resolving) == (known.unit, known.resolving)
        return not alike or (self.occurred_at is not None and self.occurred_at < known.accepted_at)


@dataclass(frozen=True, slots=True)
class Pause:
    """A person's stop of the fixing clocks; it ends by itself at ``until`` at the latest. Stored in histories."""

    reason: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The engineer's word that it is solved, waiting for the customer's. Stored in histories.

    Attributes:
        at: when it took effect.
        stage: where the work stood; a rejection leads back there.
        silent_until: silence confirms at this instant.
        confirmed: the customer, or silence, agreed.
        by: whose word it is.
    """

    at: datetime
    stage: Stage
    silent_until: datetime
    confirmed: bool = False
    by: str = ""


class End(StrEnum):
    """How a ticket ends that nobody resolved. Stored in histories."""

    DISCARDED = "discarded"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Merged:
    """Another report of the same fault, which ended in this ticket. Stored in histories.

    Attributes:
        contact: who reported it there, to be told here from then on.
    """

    number: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class Followups:
    """What a survey that was not satisfied brings: contacts until it is, or until nobody answers. Stored in histories.

    Attributes:
        since: when the customer said so.
        last_at: the latest contact, or reminder of one.
        unanswered: contacts without answer since the last answer.
        over: satisfied in the end, or given up.
    """

    since: datetime
    last_at: datetime
    unanswered: int = 0
    over: bool = False


@dataclass(frozen=True, slots=True)
class RemoteAccess:
    """The customer's leave to work on their system from afar (000-24, 001-27, 003-04, 004-05). Stored in histories.

    A request and a grant stand side by side: who asks for more loses nothing.

    Attributes:
        wanted: the scope that is asked for; ``asked_at``: a request waits for an answer since then.
        silent: its silence has been reported.
        scope: what is granted; ``granted_until``: the grant is live until then, None: there is none.
        session_since: somebody is working remotely since then; ``session_by``: who.
        granted_by: the person of the customer who granted it, by account, or by name where one of us recorded it.
        recorded_alone: by somebody with whom nobody else was on duty; ``proven``: with evidence.
    """

    wanted: str = ""
    asked_at: datetime | None = None
    silent: bool = False
    scope: str = ""
    granted_until: datetime | None = None
    granted_by: str | None = None
    session_since: datetime | None = None
    recorded_alone: bool = False
    proven: bool = False
    session_by: str | None = None


class Verdict(StrEnum):
    """What became of an application. Stored in histories."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by us


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's way to the customer and their stay there, as far as it was told. Stored in histories.

    Attributes:
        by: who; empty: whoever comes, recorded by a manager.
        until: when it ended, or the last that it can have lasted; None: it lasts.
        over: somebody has said that it is over.
        units: whose people they are, where that was said.
    """

    by: str
    departed_at: datetime | None = None
    arrived_at: datetime | None = None
    until: datetime | None = None
    over: bool = False
    units: tuple[str, ...] = ()

    @property
    def since(self) -> datetime:
        """When it began, as far as that is known; one of the two always is."""
        return min(each for each in (self.departed_at, self.arrived_at) if each is not None)


@dataclass(frozen=True, slots=True)
class Application:
    """One version of《重大问题服务申请》(000-09): both departments approve it, or it is refused. Stored in histories.

    Attributes:
        version: 1, 2, ...; a refused one is followed by another.
        by: who applied.
        approvals: department and the person who spoke for it, in the order of their approval.
        decision: None while it waits.
        reminders: how many have been sent.
        decided_by: whose word decided it; ``decided_at``: when.
    """

    version: int
    by: str
    at: datetime
    approvals: tuple[tuple[str, str], ...] = ()
    decision: Verdict | None = None
    reminders: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VendorCase:
    """Work of a vendor beside ours; ``vendor`` is None while it is still to be named (003-06, 003-07).

    Stored in histories.

    Attributes:
        id: ``V1``, ``V2`` ... within the ticket.
        silent_since: when the vendor who has it was asked, or was heard last; None: nobody has it, or it is older
            than this note.
        reminders: how many have been sent since; ``reminded_at``: the last.
    """

    id: str
    opened_at: datetime
    vendor: str | None = None
    closed_at: datetime | None = None
    silent_since: datetime | None = None
    reminders: int = 0
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation of experts (000-28, 001-35). Stored in histories.

    Attributes:
        id: ``E1``, ``E2`` ... within the ticket.
    """

    id: str
    opened_at: datetime
    concluded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Substitute:
    """A device that stands in for a broken one at the customer's (001-32, 002-05). Stored in histories.

    Attributes:
        id: ``S1``, ``S2`` ... within the ticket.
    """

    id: str
    delivered_at: datetime
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartOrder:
    """A part on its way: agreed by the customer, its model verified twice, reserved or ordered, arrived (001-29).

    Stored in histories.

    Attributes:
        id: ``P1``, ``P2`` ... within the ticket.
        verified: which side has verified the model: ``engineer``, and ``stock`` for stock keeper or commercial staff.
        verified_by: the people who did.
        refused: the customer will not have it.
    """

    id: str
    requested_at: datetime
    agreed: bool = False
    verified: tuple[str, ...] = ()
    verified_by: tuple[str, ...] = ()
    reserved: bool = False
    arrived: bool = False
    ordered: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A change or upgrade (002-13, 002-14): proposed with its documents, agreed, made, accepted. Stored in histories.

    Attributes:
        id: ``C1``, ``C2`` ... within the ticket.
        large: it needs the customer's consent before and acceptance after; a small one its documents only.
        made: the how-manieth change of the ticket that was made; 0: it has not been.
        made_at: None also where it was made before this was noted.
        refused: the customer refused it, before or after it was made.
        made_by: who made it.
    """

    id: str
    proposed_at: datetime
    large: bool
    agreed: bool = False
    made: int = 0
    accepted: bool = False
    refused: bool = False
    made_at: datetime | None = None
    made_by: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An emergency plan (004-17): ``one``, ``two`` or ``three``. Stored in histories.

    Attributes:
        starts_at: when it starts unless somebody objects; None once it has started or was objected to.
    """

    number: str
    starts_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
