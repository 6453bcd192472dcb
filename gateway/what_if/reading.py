"""Where a ticket's facts are read that are lived again: in the archive, or in a bundle. What was erased says so."""

from temporalio.client import WorkflowHistory

from domain.words.label import Label
from evidence.faults import hold
from evidence.verifying import Verified
from gateway.histories import kept
from gateway.verdict.judging import histories_in
from runtime.archive import Archive

_ERASED = Label("其流程历史已应要求删除", "its histories were erased on request")


def in_archive(archive: Archive, number: str) -> list[WorkflowHistory]:
    """All of a ticket's runs; none: the archive has nothing of it.

    Raises:
        EvidenceError: one of them is not what the log says, or was erased.
    """
    hold(not archive.erased(number), "log", _ERASED)
    return kept(archive, number)


def in_bundle(told: Verified) -> list[WorkflowHistory]:
    """The same of a bundle, which was verified.

    Raises:
        EvidenceError: one of them was erased.
    """
    hold(all(run.events for run in told.runs), "log", _ERASED)
    return histories_in(told)
