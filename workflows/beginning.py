"""The beginning of a run: what it may begin with, for whoever reaches the server can start one with anything."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError


def see_that_it_is(ticket: str, *, under: str, carries: bool) -> None:
    """Nothing that a run carries is signed: it is believed of what went before it, or of its own ticket only.

    Args:
        ticket: the number of the ticket that it would keep.
        under: the id that a workflow of its kind has.
        carries: it begins with a ticket as it stood elsewhere, and not with a report.

    Raises:
        ApplicationError: it ends here.
    """
    info = workflow.info()
    known = info.continued_run_id is not None or (info.parent is not None and info.parent.workflow_id == ticket)
    if info.workflow_id != under or (carries and not known):
        raise ApplicationError(f"no beginning of {under}", type="Forged", non_retryable=True)
