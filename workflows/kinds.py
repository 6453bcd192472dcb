"""The kinds of workflows that there are, and how each of them is run: by a worker, and again by whoever replays it."""

from temporalio.worker import UnsandboxedWorkflowRunner

from workflows.aftercare import AftercareWorkflow
from workflows.callback import CallbackWorkflow
from workflows.mail import MailWorkflow
from workflows.ticket import TicketWorkflow

WORKFLOWS = [TicketWorkflow, AftercareWorkflow, CallbackWorkflow, MailWorkflow]
#: Of a query: the workflows that look after a ticket.
OF_TICKETS = f"WorkflowType IN ('{TicketWorkflow.__name__}', '{AftercareWorkflow.__name__}')"
#: The SDK's sandbox guards what it loads anew for each run. Ours is loaded once, for all that it calls is pure by lint
#: (``TID251``, import-linter) and by replay; all that the sandbox would still do is take time, at every step.
RUNNER = UnsandboxedWorkflowRunner()
