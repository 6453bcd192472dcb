"""The table of notices, put together from its rooms: every happening, and every alarm, once."""

from dataclasses import replace

from domain.audience.notices import (
    agreements,
    alarms,
    calls,
    devices,
    ending,
    gravest,
    legs,
    recorded,
    running,
    triage,
    work,
)
from domain.audience.notices.notice import Notice, Told
from domain.ticket.timeline import Entry, Happening

_ROOMS: dict[Happening, Told] = {
    **work.ROWS,
    **triage.ROWS,
    **legs.ROWS,
    **devices.ROWS,
    **agreements.ROWS,
    **gravest.ROWS,
    **ending.ROWS,
    **running.ROWS,
    **calls.ROWS,
}
NOTICES: dict[Happening, Told] = {
    happening: replace(told, notices=(*told.notices, *recorded.ROWS.get(happening, ())))
    for happening, told in _ROOMS.items()
}
ALARMS: dict[str, Told] = alarms.ALARMS


def row(entry: Entry) -> Told:
    """The row of an entry; of what the table does not know, nobody is told."""
    if entry.happening is Happening.ALARM_RAISED:
        return ALARMS.get(str(entry.data.get("alarm")), Told())
    return NOTICES.get(entry.happening, Told())


def notices_of(entry: Entry) -> tuple[Notice, ...]:
    """All that it may tell, whatever the conditions."""
    return row(entry).notices
