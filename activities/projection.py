"""Tells the read model what happened on a ticket."""

from temporalio import activity

import store.projections
from activities.place import here
from domain.read_model import Batch
from runtime.failpoints import reached


@activity.defn
def project(batch: Batch) -> int:
    """Write the batch in one transaction; answer the entry that the read model stands at.

    Fails, and is tried again, when entries before the batch are missing: nothing is ever written over a gap.
    """
    seq = store.projections.project(here().engine, batch)
    reached("projected")
    return seq
