"""Obligations: the promises of one ticket as they are kept, broken or let go."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from domain.contract.clauses import Kind
from domain.contract.promises import Promise


class State(StrEnum):
    """How an obligation stands. Stored in histories."""

    PENDING = "pending"  # not armed
    RUNNING = "running"  # from arming on, also outside the calendar's windows
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    SUPERSEDED = "superseded"
    WAIVED = "waived"
    CANCELLED = "cancelled"


#: What is owed when the fault is gone.
OUTLIVE_THE_WORK = (Kind.REPORT, Kind.SURVEY)


def is_open(kind: Kind, state: State, *, is_met: bool, is_work: bool) -> bool:
    """Whether it can still be acted on: of a broken one that depends on whether the work goes on."""
    if state is State.BREACHED:
        return not is_met and (is_work or kind in OUTLIVE_THE_WORK)
    return state in {State.RUNNING, State.PAUSED}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rung that was raised, once: 50, 80, 100 or 150 percent of the budget. Stored in histories."""

    rung: int
    due_at: datetime
    raised_at: datetime
    lateness_ms: int


#: The rung at which a promise is broken. Rungs before it are only warnings; from it on they are raised also when
#: they are already past.
BREACH = 100


@dataclass(frozen=True, slots=True)
class Obligation:
    """One promise on a ticket. Stored in histories.

    Attributes:
        promise: what rules it now; stays as it is once the obligation is met or breached.
        armed_at: since when it counts; None while pending.
        set_at: when it was armed or last got another due time; an alarm cannot be later than since then.
        met_at: the effective time of the act that met it, in time or not.
        breached: its due time passed without such an act.
        reported_late: met in time, but the ticket learnt of it after the due time.
        let_go: superseded, waived or cancelled, with the reason.
        alarms: those raised, in order; no rung twice.
    """

    promise: Promise
    armed_at: datetime | None = None
    set_at: datetime | None = None
    met_at: datetime | None = None
    breached: bool = False
    reported_late: bool = False
    let_go: State | None = None
    reason: str | None = None
    alarms: tuple[Alarm, ...] = ()

    @property
    def key(self) -> str:
        """Its name on the ticket."""
        return self.promise.key

    @property
    def kind(self) -> Kind:
        """What is promised."""
        return self.promise.kind

    @property
    def settled(self) -> bool:
        """Whether its due time can no longer change: it is met or breached."""
        return self.met_at is not None or self.breached

    @property
    def counts(self) -> bool:
        """Whether rungs can still be raised: armed, not let go, not met."""
        return self.armed_at is not None and self.let_go is None and self.met_at is None

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether nobody has kept it or let it go; with ``at``, nor had its due time passed unkept before that."""
        if self.met_at is not None or self.let_go is not None:
            return False
        due = self.promise.due_at
        return not (self.breached and at is not None and due is not None and due < at)

    def state(self, *, paused: bool) -> State:
        """How it stands, ``paused`` telling whether a stop holds its clock at present."""
        if self.let_go is not None:
            return self.let_go
        if self.breached:
            return State.BREACHED
        if self.met_at is not None:
            return State.MET
        if self.armed_at is None:
            return State.PENDING
        return State.PAUSED if paused else State.RUNNING

    def raised(self, rung: int) -> bool:
        """Whether this rung is on record already."""
        return any(alarm.rung == rung for alarm in self.alarms)

    def met(self, at: datetime, learnt_at: datetime) -> "Obligation":
        """Met by an act that took effect at ``at`` and that the ticket learnt of at ``learnt_at``."""
        due = self.promise.due_at
        late = due is not None and at > due
        return replace(
            self,
            met_at=at,
            breached=late,
            reported_late=not late and due is not None and learnt_at > due,
        )

    def dropped(self, state: State, reason: str) -> "Obligation":
        """Let go, with the reason."""
        return replace(self, let_go=state, reason=reason)

    def cancelled(self, reason: str) -> "Obligation":
        """Cancelled, with the reason: a breach that came after it is none."""
        return replace(self, let_go=State.CANCELLED, reason=reason, breached=False)

    def taken_up(self) -> "Obligation":
        """No longer let go."""
        return replace(self, let_go=None, reason=None)

    def under(self, promise: Promise, at: datetime) -> "Obligation":
        """Ruled by this promise from ``at`` on, unless it is settled."""
        if self.settled or promise == self.promise:
            return self
        moved = promise.due_at != self.promise.due_at and self.armed_at is not None
        return replace(self, promise=promise, set_at=at if moved else self.set_at)
