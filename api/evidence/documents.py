"""What the verdict says, as it travels."""

from collections.abc import Mapping
from typing import Self

from api.http.documents import Document
from api.http.instants import Shown
from domain.words.label import Label
from evidence.faults import EvidenceError
from evidence.verifying import Verified
from gateway.verdict.judging import Part
from store.models import Erased

_NOT_CHECKED = Label("未检查", "not checked")
#: What holds, where it does.
_HOLDS = {
    Part.PROOF: Label("签名、日志、历史和附件完整", "signature, log, histories and attachments are whole"),
    Part.DECISIONS: Label("用当前代码重放，结果相同", "today's code decides the same"),
    Part.SENDERS: Label("每条指令都有本系统的签名，或已被拒绝", "every command is vouched for, or was refused"),
    Part.ALARMS: Label("应发的告警都已按时发出，没有多发", "every alarm that was due was raised, and no other"),
    Part.ROWS: Label("工单、时间线、时限与历史一致", "ticket, timeline and promises are what the histories told"),
}


class PartDocument(Document):
    """A part. ``holds``: null where it was not checked; ``place``, ``event_id``: of what does not hold."""

    part: Part
    holds: bool | None
    detail: dict[str, str]
    place: str | None
    event_id: int | None

    @classmethod
    def of(cls, part: Part, found: Mapping[Part, EvidenceError | None]) -> Self:
        fault = found.get(part)
        if fault is None:
            label = _HOLDS[part] if part in found else _NOT_CHECKED
            return cls(part=part, holds=part in found or None, detail=label.as_json(), place=None, event_id=None)
        return cls(part=part, holds=False, detail=fault.label.as_json(), place=fault.place, event_id=fault.event)


class ErasedDocument(Document):
    """What was erased on request, so is held against nothing; ``about``: of a file the attachment's id, else empty."""

    what: Erased
    about: str
    erased_at: Shown


class VerdictDocument(Document):
    """Whether all of a ticket's evidence holds, part by part; which time stamps are damaged or gone, so left out of it;
    and what was erased on request.
    """

    holds: bool
    parts: tuple[PartDocument, ...]
    damaged_stamps: tuple[str, ...]
    erased: tuple[ErasedDocument, ...]

    @classmethod
    def of(cls, found: Mapping[Part, EvidenceError | None], told: Verified | None = None) -> Self:
        parts = tuple(PartDocument.of(part, found) for part in Part)
        rows = told.rows["erased"] if told else []
        erased = tuple(ErasedDocument(**{name: row[name] for name in ErasedDocument.model_fields}) for row in rows)
        damaged = tuple(told.damaged) if told else ()
        return cls(holds=all(each.holds for each in parts), parts=parts, damaged_stamps=damaged, erased=erased)
