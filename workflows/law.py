"""The law of a case: all that a keeper knows of the kind of case that it keeps."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, Self, TypeVar

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.read_model import Batch
    from domain.ticket.commands import Command
    from domain.ticket.deadlines import Deadline
    from domain.ticket.timeline import Entry


class Keepable(Protocol):
    """What is kept: a value with a timeline, replaced whenever something happens."""

    @property
    def fresh(self) -> tuple[Entry, ...]:
        """The entries that the read model has not been told of."""

    def without_fresh(self, upto: int | None = None) -> Self:
        """The case with its fresh entries given to the read model, all of them or those up to one."""


C = TypeVar("C", bound=Keepable)


class CatchUp(Protocol[C]):
    """Lets happen what is due by an instant, in order."""

    def __call__(self, case: C, /, *, upto: datetime, now: datetime) -> C:
        """The case as it stands then."""


@dataclass(frozen=True, slots=True)
class Errand(Generic[C]):
    """A question that only the world can answer; the case lives on meanwhile.

    Attributes:
        wanted: whether it is to be asked now.
        run: asks, and answers what to make of the case as it stands when the answer is there.
    """

    wanted: Callable[[C], bool]
    run: Callable[[C], Awaitable[Callable[[C, datetime], C]]]


@dataclass(frozen=True, slots=True)
class Inquiry(Generic[C]):
    """What only the world knows of a command, asked before it is decided on; the case lives on meanwhile.

    Attributes:
        wanted: whether anything has to be known of this command first.
        run: asks, and answers the command with what is known then.
        alone: nothing else is decided on meanwhile: what was asked of others holds of the case as it stands.
    """

    wanted: Callable[[C, Command], bool]
    run: Callable[[C, Command], Awaitable[Command]]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Law(Generic[C]):
    """A kind of case. All of it is pure but the errand and the inquiries.

    Attributes:
        number: what the case is called in what is signed to it.
        signers: the public keys, by their ids, that vouch for a sender; none: no signature is asked for.
        asks_each_time: whether what the worker trusts when a command comes vouches for it, and not what the case knows.
        trusting: the case with other such keys.
        decide: the case after a command, and the entry that records the decision.
        forged: the case with an attempt on record that nobody vouches for.
        reused: the case with an attempt on record to send another command under an id that is taken.
        deadlines: the next one of every timer, by the timer's name.
        batch: what the read model is told now, given the case as it was when it was last told.
    """

    number: Callable[[C], str]
    signers: Callable[[C], dict[str, str]]
    asks_each_time: Callable[[C], bool]
    trusting: Callable[[C, dict[str, str]], C]
    decide: Callable[[C, Command], tuple[C, int]]
    forged: Callable[[C, Command, datetime], C]
    reused: Callable[[C, Command, datetime], C]
    deadlines: Callable[[C], Mapping[str, Deadline]]
    catch_up: CatchUp[C]
    batch: Callable[[C, C | None, datetime], Batch]
    errand: Errand[C] | None = None
    inquiries: tuple[Inquiry[C], ...] = ()
