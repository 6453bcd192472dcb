"""Loading: from the files of a folder to a pack, checked whole before anything of it is used."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from domain.contract.calendars import Calendar, Schedule
from domain.words.label import Label
from policies.checks import problems
from policies.expand import calendar_of, cells
from policies.files import FOLDER, PackError, parsed, read
from policies.pack import Pack, needed
from policies.schema import CalendarFile, DefaultsFile, PackFile, ScheduleFile


def pack_ids(folder: Path = FOLDER) -> tuple[str, ...]:
    """Ids of the packs that there are: each file of ``packs/`` is one."""
    return tuple(sorted(path.stem for path in (folder / "packs").glob("*.toml")))


@cache
def load_pack(pack_id: str, folder: Path = FOLDER) -> Pack:
    """The pack of that id. LookupError for an unknown id; PackError when a file is malformed."""
    if pack_id not in pack_ids(folder):
        raise LookupError(f"unknown contract pack '{pack_id}'; packs are {', '.join(pack_ids(folder))}")
    path = folder / "packs" / f"{pack_id}.toml"
    return _loaded(pack_id, read(path, PackFile), path.name, folder)


@cache
def level_names(pack_id: str) -> dict[str, Label]:
    """What the pack calls its levels; of one that is no longer there nobody knows."""
    return {level.id: level.label for level in load_pack(pack_id).file.levels} if pack_id in pack_ids() else {}


def edited_pack(pack_id: str, text: bytes, name: str, folder: Path = FOLDER) -> Pack:
    """The pack as this text has it, and nobody else: checked like one that is published. PackError when malformed."""
    return _loaded(pack_id, parsed(text, name, PackFile), name, folder)


def _loaded(pack_id: str, file: PackFile, name: str, folder: Path) -> Pack:
    hours = read(folder / "calendars" / "hours.toml", CalendarFile)
    calendars = {row.id: row for row in hours.calendar}
    wrong = [f"{name}: {problem}" for problem in problems(file, calendars)]
    if wrong:
        raise PackError(wrong)
    defaults = read(folder / "defaults.toml", DefaultsFile)
    found = tuple(cells(file))
    used = needed(tuple(cell.clause for cell in found))
    return Pack(
        id=pack_id,
        file=file,
        cells=found,
        hours={row.id: row for row in hours.calendar if row.id in used},
        calendars=tuple(calendar_of(row) for row in hours.calendar if row.id in used),
        schedule=load_schedule(folder),
        fact_defaults=defaults.fact_defaults | file.fact_defaults,
        pause_caps=_caps(defaults.pause_caps | file.pause_caps),
        confirmation_days=file.confirmation_days or defaults.confirmation_days,
        rungs=defaults.rungs,
        settings=defaults.setting,
        digest=_digest(file, hours, defaults),
    )


@cache
def load_schedule(folder: Path = FOLDER) -> Schedule:
    """The published working days. PackError when the file is malformed."""
    path = folder / "calendars" / "workdays.json"
    file = read(path, ScheduleFile)
    if sorted(file.years) != list(range(min(file.years), max(file.years) + 1)):
        raise PackError([f"{path.name}: field 'years': a year between the first and the last is missing"])
    return Schedule(
        version=file.version,
        first_year=min(file.years),
        last_year=max(file.years),
        days_off=_dates(path, (day for year in file.years.values() for day in year.days_off)),
        make_up=_dates(path, (day for year in file.years.values() for day in year.make_up)),
    )


@cache
def load_calendar(calendar: str, folder: Path = FOLDER) -> Calendar:
    """The service hours of that id. LookupError for an unknown one."""
    rows = {row.id: row for row in read(folder / "calendars" / "hours.toml", CalendarFile).calendar}
    if calendar not in rows:
        raise LookupError(f"unknown hours '{calendar}'; there are {', '.join(sorted(rows))}")
    return calendar_of(rows[calendar])


def _dates(path: Path, days: Iterable[str]) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(day) for day in days)
    except ValueError as error:
        raise PackError([f"{path.name}: field 'years': {error}"]) from error


def _caps(caps: dict[str, int | Literal["no cap"]]) -> dict[str, int | None]:
    return {reason: None if days == "no cap" else days for reason, days in caps.items()}


def _digest(*files: BaseModel) -> str:
    """A short name of the content; the layout of the files does not matter, the order of the rows does."""
    content = [file.model_dump(mode="json") for file in files]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:8]
