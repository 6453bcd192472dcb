"""Tells the read model what happened on a ticket."""

from dataclasses import dataclass

from sqlalchemy import Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError

import store.projections
from domain.read_model import Batch
from runtime.failpoints import reached

#: What the id of a ticket's aftercare has behind the number.
AFTERCARE = "-aftercare"


@dataclass(frozen=True, slots=True)
class Projection:
    """Writes to the read model that lives in this database."""

    engine: Engine

    @activity.defn
    def project(self, batch: Batch) -> int:
        """Write the batch in one transaction; answer the entry that the read model stands at.

        Fails, and is tried again, when entries before the batch are missing: nothing is ever written over a gap.
        Fails for good when another workflow asks than the ticket's own or its aftercare.
        """
        asking = activity.info().workflow_id
        if asking not in {batch.number, f"{batch.number}{AFTERCARE}"}:
            raise ApplicationError(f"{asking} is not the workflow of {batch.number}", type="Forged", non_retryable=True)
        seq = store.projections.project(self.engine, batch)
        reached("projected")
        return seq
