"""What another ticket has decided, as the read model has it."""

from dataclasses import dataclass

from sqlalchemy import Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.matters.merging import UNPROVEN, Answer
from domain.ticket.stages import Stage
from store.queries.history import is_unproven, recorded_decision, stage_of

#: Within these the read model of a ticket that has ended has followed: with their pauses some minutes.
_ATTEMPTS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that another ticket was sent. Stored in histories.

    Attributes:
        has_ended: its workflow is there no more; it may have decided before.
    """

    number: str
    command_id: str
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Knows what tickets have decided."""

    engine: Engine

    @activity.defn
    def answer_of(self, asked: Asked) -> Answer:
        """The decision of the ticket that was asked; one that has closed without any takes nothing more in.

        Where the key that asked is withdrawn on the way there, that ticket believes nothing of it and decides nothing:
        it has on record that it was asked by nobody, and that is the answer.

        Fails, and is tried again, while that ticket has decided nothing yet. One that has ended without closing, by
        an operator's force, never will: after some minutes that is the answer.
        """
        # In this order: what was decided before the close is there once the close is.
        stage = stage_of(self.engine, asked.number)
        decided = recorded_decision(self.engine, asked.number, asked.command_id)
        if decided is not None:
            return Answer(accepted=decided.accepted, reason=decided.reason or "", detail=decided.detail or {})
        if is_unproven(self.engine, asked.number, asked.command_id):
            return Answer(accepted=False, reason=UNPROVEN.code, detail=UNPROVEN.words.as_json())
        never = stage is None or activity.info().attempt > _ATTEMPTS
        if stage is Stage.CLOSED or (asked.has_ended and never):
            return Answer(accepted=False)
        raise ApplicationError(f"{asked.number} has not decided yet")
