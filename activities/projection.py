"""Tells the read model what happened on a ticket."""

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from temporalio import activity
from temporalio.exceptions import ApplicationError

import store.projections
from domain.read_model import Batch
from runtime.failpoints import reached
from store.watch.reading import suspect

#: What the id of a ticket's aftercare has behind the number.
AFTERCARE = "-aftercare"
#: Attempts after which the watchdog is to look.
SUSPECT = 2
#: Attempts that wait for entries which are missing: they take about a minute.
PATIENT = 10


@dataclass(frozen=True, slots=True)
class Projection:
    """Writes to the read model that lives in this database."""

    engine: Engine

    @activity.defn
    def project(self, batch: Batch) -> int:
        """Write the batch in one transaction; answer the entry that the read model stands at.

        Fails, and is tried again, while the database is out of reach. What it refuses for its data is set aside.
        Fails, too, when entries before the batch are missing; after about a minute they are set aside as well, for an
        alarm behind them must reach its people. Fails for good when another workflow asks than the ticket's own or its
        aftercare.
        """
        asking, attempt = activity.info().workflow_id, activity.info().attempt
        if asking not in {batch.number, f"{batch.number}{AFTERCARE}"}:
            raise ApplicationError(f"{asking} is not the workflow of {batch.number}", type="Forged", non_retryable=True)
        if attempt > SUSPECT:
            self._suspect(batch.number)
        seq = store.projections.project(self.engine, batch, over_gaps=attempt > PATIENT)
        reached("projected")
        return seq

    def _suspect(self, number: str) -> None:
        with suppress(SQLAlchemyError):  # which is what is tried again
            suspect(self.engine, number)
