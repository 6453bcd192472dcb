"""Write policies/calendars/workdays.json from the State Council's schedules as chinese-calendar has them.

Run by hand when a new year is published, with the development dependencies installed:
``python -m tools.update_workdays``.
"""

import hashlib
import json
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]  # it ships no types

from policies.files import FOLDER

TARGET = FOLDER / "calendars" / "workdays.json"


def published() -> dict[str, object]:
    """The exceptions to the Monday-to-Friday week, year by year, and a version that names their content."""
    known = sorted({day.year for day in chinese_calendar.holidays})
    years: dict[str, dict[str, list[str]]] = {}
    for year in range(known[0], known[-1] + 1):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(366)]
        within = [day for day in days if day.year == year]
        worked = {day: chinese_calendar.is_workday(day) for day in within}
        years[str(year)] = {
            "days_off": [day.isoformat() for day in within if day.weekday() < 5 and not worked[day]],
            "make_up": [day.isoformat() for day in within if day.weekday() >= 5 and worked[day]],
        }
    digest = hashlib.sha256(json.dumps(years, sort_keys=True).encode()).hexdigest()[:8]
    return {"version": f"{known[-1]}-{digest}", "years": years}


def main() -> None:
    """Replace the file."""
    TARGET.write_text(json.dumps(published(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
