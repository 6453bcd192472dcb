"""How a law of running workflows is changed, on a case as small as one can be: a device on loan until it is back.

``Loan`` began as ``LoanAtFirst``. Two things came later, each by the way that is right for its kind:

* a rule: whoever brings the device back is named. It issues no command, so the edition in the input tells: a loan
  that began under edition 1 ends as it was promised to, for as long as it runs.
* a step: the device is checked when it is back. It is a new command in the history, so ``workflow.patched`` asks
  whether this run has reached that place with the step or without it.

``Unpatched`` and ``Unedited`` are the same changes made wrong. The histories beside this file were recorded by the
code of their day; nobody writes them again.
"""

from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity, workflow

EDITION = 2
_SOON = timedelta(seconds=10)


@dataclass(frozen=True)
class Terms:
    """What was agreed when the device went out: stands in the history of the run, and never changes."""

    edition: int


@activity.defn
async def check_device() -> None:
    """Look at the device that came back."""


class _Loan:
    @workflow.init
    def __init__(self, begin: Terms) -> None:
        self._terms = begin
        self._back = False

    def accepts(self, bearer: str) -> bool:
        """Whether a device brought by this bearer counts as back."""
        return self._terms.edition < EDITION or bool(bearer)

    @workflow.signal
    def bring_back(self, bearer: str) -> None:
        self._back = self._back or self.accepts(bearer)

    async def until_back(self) -> None:
        await workflow.wait_condition(lambda: self._back)


@workflow.defn(name="Loan")
class LoanAtFirst(_Loan):
    """As it was at the beginning."""

    def accepts(self, bearer: str) -> bool:  # nobody asked for a name then
        return True

    @workflow.run
    async def run(self, begin: Terms) -> None:  # the constructor has it
        await self.until_back()


@workflow.defn(name="Loan")
class Loan(_Loan):
    """As it is today: old runs go their old way, new ones the new."""

    @workflow.run
    async def run(self, begin: Terms) -> None:  # the constructor has it
        await self.until_back()
        if workflow.patched("the-device-is-checked"):
            await workflow.execute_activity(check_device, start_to_close_timeout=_SOON)


@workflow.defn(name="Loan")
class Unpatched(_Loan):
    """The step without the question: a run of before meets a command that its history does not have."""

    @workflow.run
    async def run(self, begin: Terms) -> None:  # the constructor has it
        await self.until_back()
        await workflow.execute_activity(check_device, start_to_close_timeout=_SOON)


@workflow.defn(name="Loan")
class Unedited(_Loan):
    """The rule for everybody: a run of before is refused what had been accepted."""

    def accepts(self, bearer: str) -> bool:
        return bool(bearer)

    @workflow.run
    async def run(self, begin: Terms) -> None:  # the constructor has it
        await self.until_back()
        if workflow.patched("the-device-is-checked"):
            await workflow.execute_activity(check_device, start_to_close_timeout=_SOON)
