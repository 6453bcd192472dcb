"""What a matter is made of. A row says all of a command; the tables that others read follow from the rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from domain.contract.clauses import Kind
from domain.people.actors import Role
from domain.ticket.commands import Command, CommandKind, Field, Type
from domain.ticket.deadlines import Deadline, Event
from domain.ticket.stages import Stage
from domain.ticket.ticket import Ticket
from domain.ticket.timeline import Happening
from domain.words.label import Label, listed
from domain.words.refusals import WHICH_ONE, Refusal

One = TypeVar("One")

WORK = frozenset(stage for stage in Stage if stage.is_work)
UNTIL_CLOSED = WORK | {Stage.RESOLVED}
AFTERWARDS = UNTIL_CLOSED | {Stage.CLOSED}

#: Fields that many commands have.
TEXT, MAYBE_TEXT, REASON = Field("text"), Field("text", required=False), Field("reason")
EVIDENCE = Field("evidence", required=False)
MAYBE_REASON = Field("reason", required=False)
FACTS = Field("facts", Type.FACTS, required=False)

#: Whether a command is turned down, of the ticket before it.
Rule = Callable[[Ticket, Command], Refusal | None]


def nothing_more(ticket: Ticket, _: Command, __: datetime) -> Ticket:
    """The entry says it all."""
    return ticket


def nothing_else(_: Ticket, __: Ticket, ___: Command) -> dict[str, Any]:
    """The command's own fields say it all."""
    return {}


def nothing_too(_: Ticket, __: Command) -> frozenset[Kind]:
    """It meets what its row says."""
    return frozenset()


def nothing_follows(ticket: Ticket, _: datetime) -> Ticket:
    """It brings nothing after it."""
    return ticket


def no_reaction(_: Ticket, after: Ticket, __: Happening, ___: datetime) -> Ticket:
    """What is done elsewhere changes nothing here."""
    return after


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a command could be sent: what its sender would choose, beside words that anybody can write.

    Attributes:
        known: what the API would find out for it.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A command. For whom it is, who sees its entry and who hears of it stands in the tables of the audience.

    Attributes:
        happening: what its entry is called.
        data: the fields that it takes.
        does: the ticket after it, and the instant at which it took effect.
        says: what its entry tells beside the command's own fields, of the ticket before and after it.
        needs: what must hold for it beside the gates. Asked about a command without data, it answers for the best
            that the data could say.
        during: the stages in which it is possible.
        meets: the kinds of obligation that it meets; ``meets_too``: of this ticket and by this sender, these also.
        as_stated: it takes effect at its stated time though it meets nothing.
        follows: what its entry brings after it, at an instant.
        ways: of this ticket at an instant, all that its sender could choose between, for whoever asks what is possible
            (``domain.doable``); None: the choices of its fields say it. It decides nothing.
    """

    kind: CommandKind
    happening: Happening
    data: tuple[Field, ...] = ()
    does: Callable[[Ticket, Command, datetime], Ticket] = nothing_more
    says: Callable[[Ticket, Ticket, Command], dict[str, Any]] = nothing_else
    needs: Rule | None = None
    during: frozenset[Stage] = WORK
    meets: frozenset[Kind] = frozenset()
    meets_too: Callable[[Ticket, Command], frozenset[Kind]] = nothing_too
    as_stated: bool = False
    follows: Callable[[Ticket, datetime], Ticket] = nothing_follows
    ways: Callable[[Ticket, datetime], Iterator[Way]] | None = None

    @property
    def by_statement(self) -> bool:
        """Whether it takes effect at its stated time; then it may be told late, of a resolved ticket too."""
        return bool(self.meets) or self.as_stated

    @property
    def mainly(self) -> Kind | None:
        """Of the kinds that it meets, the one that it is about."""
        return max(self.meets, key=list(Kind).index, default=None)


@dataclass(frozen=True, slots=True)
class Gate:
    """A consent without which acts are impossible.

    Attributes:
        id: its word.
        clauses: where the documents ask for it.
        given_by: the commands that open it, and who may send them stands in ``domain.audience.authority``.
        blocks: what is impossible meanwhile.
        before: whether an act is behind it now, as the refusal.
        switch: the term of a contract that brings it; empty: every contract.
    """

    id: str
    clauses: tuple[str, ...]
    name: Label
    asked: Label
    of: Label
    evidence: Label
    ends: Label
    refusal: Label
    given_by: tuple[CommandKind, ...]
    blocks: frozenset[CommandKind]
    before: Rule
    switch: str = ""


#: What several matters ask for.
NOT_CLASSIFIED = Refusal("not_classified", Label("请先定级（classify）。", "Classify the ticket first (classify)."))
NO_REASON = Refusal("no_reason", Label("请填写原因（reason）。", "Say why (reason)."))

#: What several gates say of themselves.
THE_CONTACT = Label("客户联系人", "the customer's contact")
WITHDRAWN = Label("撤回为止", "until it is withdrawn")
WITH_THE_TICKET = Label("本工单有效", "with the ticket")
NOT_APPLICABLE = Label("不适用", "none")


class Asked(StrEnum):
    """What the customer can be asked, in the order in which answers are listed. Stored in histories."""

    APPROVAL = "approval"
    REMOTE_GRANT = "remote_grant"
    PART_AGREEMENT = "part_agreement"
    CHANGE_AGREEMENT = "change_agreement"
    CHANGE_ACCEPTANCE = "change_acceptance"
    CONFIRMATION = "confirmation"


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody has been asked and has not answered.

    Attributes:
        about: which of several: a part, a change, the version of an application; None: there is one only.
        of: the role that answers.
        since: when it was asked; None: of tickets that are older than this note.
    """

    asked: Asked
    of: Role
    since: datetime | None
    about: str | None = None


def no_waits(_: Ticket) -> Iterator[Deadline]:
    """Time alone brings nothing."""
    return iter(())


def no_questions(_: Ticket) -> Iterator[Question]:
    """Nobody is asked."""
    return iter(())


#: Whether a step is open to one of several, as the command wants it.
Step = Callable[[One, Command], Refusal | None]


_THERE_ARE = Label("本工单现有：{names}。", "On this ticket there are: {names}.")


@dataclass(frozen=True, slots=True)
class Several(Generic[One]):
    """Records of one kind that a ticket may have several of, each with an ``id``: which one a command means.

    It means the one that it names, else the only one that fits; where several fit it is refused with their names.

    Attributes:
        of: the ticket's field that holds them, oldest first.
        named_by: the field in which a command, and the entry that answers it, names one.
        unknown: why a command that means none of them is turned down.
        steps: command by command, whether the step is open to a record: each happens once, in order.
        first: which of those that fit is meant before the others: what passes the gate, what the customer was asked.
    """

    of: str
    named_by: Field
    unknown: Refusal
    steps: Mapping[CommandKind, Step[One]]
    first: Mapping[CommandKind, Step[One]] = field(default_factory=dict)

    def fits(self, ticket: Ticket, command: Command) -> Refusal | None:
        """Whether the command's step is open to the one that it means. Without data it may still name any."""
        found = self._meant(ticket, command)
        if not found:
            return self._unknown(ticket)
        if len(found) > 1:
            return WHICH_ONE.filled(names=listed(each.id for each in found)) if command.data else None
        return self.steps[command.kind](found[0], command)

    def _unknown(self, ticket: Ticket) -> Refusal:
        """That there is none such, and which there are."""
        known = [each.id for each in getattr(ticket, self.of)]
        return self.unknown.adding(_THERE_ARE.filled(names=listed(known))) if known else self.unknown

    def passes(self, ticket: Ticket, command: Command) -> Refusal | None:
        """What the gate says of the one that the command means."""
        found = self._meant(ticket, command)
        refusals = [self.first[command.kind](each, command) for each in found]
        return None if None in refusals else next(iter(refusals), self.unknown)

    def meant(self, ticket: Ticket, command: Command) -> One | None:
        """The one that the command means, where that is clear."""
        found = self._meant(ticket, command)
        return found[0] if len(found) == 1 else None

    def _meant(self, ticket: Ticket, command: Command) -> list[Any]:
        """The one that it names; of those that fit all that could be meant; where none fits, the latest."""
        known, named = getattr(ticket, self.of), self.named_by.of(command)
        if named is not None:
            return [each for each in known if each.id == named]
        step, first = self.steps[command.kind], self.first.get(command.kind, _always)
        fitting = [each for each in known if step(each, command) is None] or [*known[-1:]]
        return [each for each in fitting if first(each, command) is None] or fitting

    def changed(self, ticket: Ticket, command: Command, change: Callable[[One], One]) -> Ticket:
        """With the one that the command means changed."""
        meant = self.meant(ticket, command)
        known: tuple[One, ...] = getattr(ticket, self.of)
        kept: dict[str, Any] = {self.of: tuple(change(each) if each is meant else each for each in known)}
        return replace(ticket, **kept)

    def which(self, before: Ticket, _: Ticket, command: Command) -> dict[str, Any]:
        """Which one the entry is about."""
        meant: Any = self.meant(before, command)
        return {self.named_by.name: meant.id} if meant else {}

    def newest(self, _: Ticket, after: Ticket, __: Command) -> dict[str, Any]:
        """The one that the entry brought, whatever else was sent."""
        return {self.named_by.name: getattr(after, self.of)[-1].id}


def _always(_: object, __: Command) -> Refusal | None:
    """Nothing is asked."""
    return None


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the things that go on with a ticket.

    Attributes:
        rows: its commands.
        gates: the consents that it needs.
        waits: what time alone will bring to it.
        brings: what then happens, event by event: of the ticket, the deadline, and when the ticket learns of it.
        asks: what the customer has been asked and has not answered.
        reacts: what any act on the ticket brings here once its entry stands: of the ticket before the act and behind
            it, what happened, and when the ticket learnt of it.
    """

    rows: tuple[Row, ...] = ()
    gates: tuple[Gate, ...] = ()
    waits: Callable[[Ticket], Iterator[Deadline]] = no_waits
    brings: dict[Event, Callable[[Ticket, Deadline, datetime], Ticket]] = field(default_factory=dict)
    asks: Callable[[Ticket], Iterator[Question]] = no_questions
    reacts: Callable[[Ticket, Ticket, Happening, datetime], Ticket] = no_reaction
