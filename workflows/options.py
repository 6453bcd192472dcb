"""How activities are called: named once, so that a workflow says what it wants and not how often to retry."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig, LocalActivityConfig

#: How long a worker may take for one step before another may have the ticket: a killed one is missed no longer.
TASK_TIMEOUT = timedelta(seconds=5)

#: A look at files of the worker's own, within the step that asks: once, for others are asked where it fails.
OWN_LOOK = LocalActivityConfig(
    schedule_to_close_timeout=timedelta(seconds=3),
    retry_policy=RetryPolicy(maximum_attempts=1),
)

#: A short transaction on our own database: tried again until it succeeds, for a ticket must not be lost.
QUICK_WRITE = ActivityConfig(
    start_to_close_timeout=timedelta(seconds=5),
    retry_policy=RetryPolicy(
        initial_interval=timedelta(milliseconds=200),
        backoff_coefficient=2.0,
        maximum_interval=timedelta(seconds=10),
    ),
)
