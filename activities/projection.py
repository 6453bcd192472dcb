"""Tells the read model what happened on a ticket."""

from temporalio import activity

import store.projections
from activities.database import engine
from domain.record import Batch


@activity.defn
def project(batch: Batch) -> int:
    """Write the batch in one transaction; answer the entry that the read model stands at.

    Fails, and is tried again, when entries before the batch are missing: nothing is ever written over a gap.
    """
    return store.projections.project(engine(), batch)
