"""S13 and S14: the report that follows a fault, and the device that stands in for a broken one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain.contract.calendars import CHINA
from tests.domain.samples import worked
from tests.separation import record
from tests.separation.incident import level
from tests.separation.laws import KEPT, Contract
from tests.separation.record import Line, Promise, Standing

#: How an obligation stands that somebody still answers for, or has answered for.
ALIVE = {"running", "paused", "met", "breached"}


#: Under fuao: what is reported as regular does not impair the system (001-32).
IMPAIRING = {"full_urgent", "urgent"}


def s13(contract: Contract, past: Sequence[Line], standing: Standing) -> str | None:
    """Where the pack promises a report on the fault, it is armed and due within three days (001-30, 002-07)."""
    owed = _report_owed(contract, past)
    if owed is None:
        return None
    armed, due = owed
    report = _of(standing.promises, "report", armed)
    if report is None or report.state not in ALIVE:
        return f"the report is {report.state if report else 'not promised'}"
    if report.state == "running" and report.due_at != due:
        return f"the report is due {report.due_at}, not {due}"
    late = report.state == "running" and due <= standing.now - standing.slack
    return "nobody noticed that the report is overdue" if late else KEPT


def _report_owed(contract: Contract, past: Sequence[Line]) -> tuple[str, datetime] | None:
    """What has armed it, and when it is due."""
    if contract.pack == "fuao":
        resolved = record.last(past, "resolved", "rejected", "reopened")
        return ("resolved", third_working_day(resolved.at)) if resolved and resolved.did == "resolved" else None
    return _report_on_a_visit_owed(past) if contract.pack == "standard" else None


def _report_on_a_visit_owed(past: Sequence[Line]) -> tuple[str, datetime] | None:
    """Of the last visit of a fault that is resolved; a visit ends with the resolution at the latest."""
    visits: list[datetime] = []
    there = resolved = False
    at = None
    for line in past:
        if line.did in {"arrived", "visit_ended"}:
            there = line.did == "arrived" and not resolved
            if not there:
                visits.append(min(line.at, at) if resolved and at else line.at)
        elif line.did == "resolved":
            at = min(line.at, at) if resolved and at else line.at
            visits = [min(visit, at) for visit in visits] if resolved else visits
            visits, there, resolved = [*visits, at] if there else visits, False, True
        elif line.did in {"rejected", "reopened"}:
            resolved = False
    return ("visit_end", third_night(max(visits))) if resolved and visits else None


def third_working_day(instant: datetime) -> datetime:
    """17:30 of the third working day after the day of an instant."""
    day, left = instant.astimezone(CHINA).date(), 3
    while left:
        day += timedelta(days=1)
        left -= worked(day)
    return datetime(day.year, day.month, day.day, 17, 30, tzinfo=CHINA)


def third_night(instant: datetime) -> datetime:
    """24:00 of the third day after the day of an instant."""
    day = instant.astimezone(CHINA).date() + timedelta(days=4)
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def s14(contract: Contract, past: Sequence[Line], standing: Standing) -> str | None:
    """What must stand in for a broken device is armed by the breach and never silently lost (001-32, 002-05)."""
    out = [line.did for line in past if line.did in {"substitute_delivered", "substitute_returned"}]
    is_out = out.count("substitute_delivered") > out.count("substitute_returned")
    if not standing.hidden and standing.substitute_out != is_out:
        return "nobody knows where the device is"
    armed = _device_owed(contract, past, standing)
    if armed is None:
        return None
    device = _of(standing.promises, "substitute", armed)
    if device is None:
        return "no device is promised"
    in_vain = device.state == "cancelled" and device.reason == "resolved" and standing.stage in {"resolved", "closed"}
    return KEPT if device.state in ALIVE or in_vain else f"the device is {device.state}, {device.reason}"


def _device_owed(contract: Contract, past: Sequence[Line], standing: Standing) -> str | None:
    """What has armed it, where the pack promises one."""
    asset, major = standing.facts.get("asset", "hardware"), standing.facts.get("major", False)
    if contract.pack == "fuao" and asset != "application" and not major and level(past) in IMPAIRING:
        resolve = _of(standing.promises, "resolve", "now")
        return "breach:resolve" if resolve and resolve.state == "breached" else None
    half = any(line.did == "half_spent" for line in past)
    return "half:resolve" if contract.pack == "standard" and asset == "hardware" and half else None


def _of(promises: Iterable[Promise], kind: str, armed: str) -> Promise | None:
    return next((each for each in promises if each.kind == kind and armed in each.armed), None)
