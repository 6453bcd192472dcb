"""S16: no promise is put down without an entry that names it, and that tells the customer and our managers."""

from collections.abc import Sequence

from domain.audience.notices.index import NOTICES
from domain.audience.notices.notice import Whom
from domain.ticket.timeline import Happening
from tests.separation.incident import level
from tests.separation.laws import KEPT
from tests.separation.record import Line, Promise, Standing

_OPEN = {"pending", "running", "paused"}
#: By this the customer's own word changes what is promised.
_AGREED = {"consented"}


def s16(before: Standing | None, standing: Standing, past: Sequence[Line], new: Sequence[Line]) -> str | None:
    """Whatever was open and is promised no more stands in one of the new entries."""
    if before is None or level(past) is None or any(line.did in _AGREED for line in new):
        return None
    was_open = {(each.kind, each.armed): each for each in before.promises if each.state in _OPEN}
    dropped = (each for each in standing.promises if each.reason == "no_clause" and (each.kind, each.armed) in was_open)
    gone = [each for each in dropped if not _kept_by_another(was_open[each.kind, each.armed], standing)]
    named = {each["kind"] for line in new if line.did == "promises_changed" for each in line.data["changed"]}
    silent = [each.kind for each in gone if each.kind not in named]
    if silent:
        return f"{', '.join(silent)} put down in silence"
    return (KEPT if _is_told() else "nobody is told of it") if gone else None


def _kept_by_another(was: Promise, standing: Standing) -> bool:
    """Whether another promise of the kind stands that is due no later."""
    others = (each for each in standing.promises if each.kind == was.kind and each.reason is None and each.due_at)
    return any(was.due_at is None or (each.due_at and each.due_at <= was.due_at) for each in others)


def _is_told() -> bool:
    told = {whom for notice in NOTICES[Happening.PROMISES_CHANGED].notices for whom in notice.to}
    return {Whom.CONTACT, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER} <= told
