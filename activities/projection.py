"""Tells the read model what happened on a ticket."""

from dataclasses import dataclass

from sqlalchemy import Engine
from temporalio import activity

import store.projections
from domain.read_model import Batch
from runtime.failpoints import reached


@dataclass(frozen=True, slots=True)
class Projection:
    """Writes to the read model that lives in this database."""

    engine: Engine

    @activity.defn
    def project(self, batch: Batch) -> int:
        """Write the batch in one transaction; answer the entry that the read model stands at.

        Fails, and is tried again, when entries before the batch are missing: nothing is ever written over a gap.
        """
        seq = store.projections.project(self.engine, batch)
        reached("projected")
        return seq
