"""S16: no promise is put down without an entry that names it, and that tells the customer and our managers."""

from collections.abc import Sequence

from domain.audience.notices.index import NOTICES
from domain.audience.notices.notice import Whom
from domain.ticket.timeline import Happening
from tests.separation.incident import level
from tests.separation.laws import KEPT
from tests.separation.record import Line, Standing

_OPEN = {"pending", "running", "paused"}
#: By these the customer's own word, or another contract, changes what is promised.
_AGREED = {"consented", "identified"}


def s16(before: Standing | None, standing: Standing, past: Sequence[Line], new: Sequence[Line]) -> str | None:
    """Whatever was open and is promised no more stands in one of the new entries."""
    if before is None or level(past) is None or any(line.did in _AGREED for line in new):
        return None
    was_open = {(each.kind, each.armed) for each in before.promises if each.state in _OPEN}
    gone = [each for each in standing.promises if each.reason == "no_clause" and (each.kind, each.armed) in was_open]
    named = {each["kind"] for line in new if line.did == "promises_changed" for each in line.data["changed"]}
    silent = [each.kind for each in gone if each.kind not in named]
    if silent:
        return f"{', '.join(silent)} put down in silence"
    return (KEPT if _is_told() else "nobody is told of it") if gone else None


def _is_told() -> bool:
    told = {whom for notice in NOTICES[Happening.PROMISES_CHANGED].notices for whom in notice.to}
    return {Whom.CONTACT, Whom.PROJECT_MANAGER, Whom.DUTY_MANAGER} <= told
