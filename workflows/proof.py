"""The proof of who sent a command: by the keys that the worker trusts when it comes, and no others."""

import asyncio
from collections.abc import Callable

from temporalio import workflow
from temporalio.exceptions import FailureError

with workflow.unsafe.imports_passed_through():
    from activities.signatures import Signatures
    from domain.ticket.commands import Command
    from workflows.options import OWN_LOOK, QUICK_WRITE


class Proof:
    """Asks, as often as commands come, which keys vouch for their senders now. All that came together ask once.

    The worker looks into its own folder within the step that takes the commands, and the answer stands in history as a
    marker. Where it finds no key, or cannot look, the commands wait for a worker that has some; the case lives on
    meanwhile.

    Attributes:
        looks: the worker looks at this moment: in no time, so what is due may wait for what came before it.
    """

    def __init__(self, take_up: Callable[[Command, dict[str, str]], None]) -> None:
        """``take_up``: what becomes of a command, and the keys that count for it."""
        self._take_up = take_up
        self._commands: list[Command] = []
        self._asking: asyncio.Task[None] | None = None
        self.looks = False

    def of(self, command: Command) -> None:
        """Ask it of one more."""
        self._commands.append(command)
        if self._asking is None:
            self.looks = True
            self._asking = asyncio.create_task(self._ask())

    def __len__(self) -> int:
        """How many stand unproven."""
        return len(self._commands)

    @property
    def has_failed(self) -> bool:
        """Whether a command could not be taken up, which fails the step."""
        return self._asking is not None and self._asking.done()

    def see(self) -> None:
        """Fail as it has failed, if it has: nobody else waits for it."""
        if self._asking and self._asking.done():
            self._asking.result()

    async def _ask(self) -> None:
        while asked := len(self._commands):
            signers = await self._signers()
            for _ in range(asked):  # who came since is asked of again
                self._take_up(self._commands[0], signers)
                del self._commands[0]
        self._asking = None

    async def _signers(self) -> dict[str, str]:
        self.looks = True
        try:
            return await workflow.execute_local_activity_method(Signatures.present_signers, **OWN_LOOK)
        except FailureError:
            self.looks = False
            return await workflow.execute_activity_method(Signatures.present_signers, **QUICK_WRITE)
        finally:
            self.looks = False
