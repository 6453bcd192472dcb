"""The rows: whether the read model shows what the histories told it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from domain.ticket.timeline import Happening
from domain.words.label import Label
from evidence.faults import EvidenceError, hold
from store.erasing import without_contacts
from store.models import Erased

Rows = Mapping[str, Sequence[Mapping[str, Any]]]

#: What a summary says that the ticket's row has under the same name.
_OF_THE_TICKET = (
    *("stage", "level", "facts", "assignee", "received_at", "resolved_at", "closed_at", "paused", "proposed"),
    *("waits_for", "title", "vendors", "booked_at", "ended_as", "service", "category", "merged_into", "major"),
    *("gravity", "paused_until", "waits_since"),
)
#: The same under another.
_PARTY = {
    "customer_id": ("customer", "id"),
    "customer_name": ("customer", "name"),
    "contact_name": ("contact", "name"),
    "contact_phone": ("contact", "phone"),
}
#: What an entry says that its row has under the same name.
_OF_AN_ENTRY = ("happening", "command_id", "data", "at", "recorded_at", "claimed_at")
_OTHER = Label("与历史不符", "is not what the history told")


def last_entry(batch: Mapping[str, Any]) -> int:
    """The entry at which the read model stands after a batch."""
    return int(batch["entries"][-1]["seq"] if batch["entries"] else batch["after_seq"])


def shown(rows: Rows, batches: Sequence[Mapping[str, Any]], *, over: bool) -> None:
    """Timeline, promises and ticket are as they were told; where a ticket goes on, as far as both have come.

    Of contacts that were erased, that nobody is named.

    Raises:
        EvidenceError: the first row that is otherwise.
    """
    if any(each["what"] == Erased.CONTACT for each in rows["erased"]):
        batches = [without_contacts(batch) for batch in batches]
    _timeline(rows["timeline"], [entry for batch in batches for entry in batch["entries"]], over=over)
    if rows["ticket"] and batches:
        _standing(rows, batches, over=over)


def _timeline(rows: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]], *, over: bool) -> None:
    there = {row["seq"]: row for row in rows}
    known = {entry["seq"]: entry for entry in entries}
    for seq in sorted(known.keys() | there.keys() if over else known.keys() & there.keys()):
        place = f"rows/timeline.json, {seq}"
        hold(seq in there, place, Label("时间线缺少这一条", "the timeline lacks this entry"))
        hold(seq in known, place, Label("历史中没有这一条", "no history tells of this entry"))
        same = there[seq]["happening"] == Happening.SET_ASIDE or _is_entry(known[seq], there[seq])
        hold(same, place, Label("时间线与历史不符", "the timeline is not what the history told"))


def _standing(rows: Rows, batches: Sequence[Mapping[str, Any]], *, over: bool) -> None:
    """How ticket and promises stood when the read model was told of the entry at which the row stands."""
    (row,) = rows["ticket"]
    heard = [batch for batch in batches if last_entry(batch) <= row["seq"]]
    here = bool(heard) and last_entry(heard[-1]) == row["seq"]
    hold(here or not over, "rows/ticket.json", Label("工单停在另一条记录", "the ticket stands at another entry"))
    if not here:
        return
    summary = heard[-1]["summary"]
    for name in _OF_THE_TICKET:
        same = name not in summary or _is(summary[name], row[name])
        hold(same, f"rows/ticket.json, {name}", _OTHER)
    for column, (party, name) in _PARTY.items():
        hold(summary[party][name] == row[column], f"rows/ticket.json, {column}", _OTHER)
    promises = {each["key"]: each for batch in heard for each in batch["obligations"]}
    there = {each["key"]: each for each in rows["promises"]}
    for key in sorted(promises.keys() | there.keys()):
        place = f"rows/promises.json, {key}"
        hold(key in there, place, Label("缺少这一项时限", "this promise is missing"))
        hold(key in promises, place, Label("历史中没有这一项时限", "no history tells of this promise"))
        for name, value in promises[key].items():
            if not _is(value, there[key].get(name)):
                raise EvidenceError(f"{place}, {name}", _OTHER)


def _is_entry(told: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Whether the row has the entry as it was told."""
    who = (told["actor"]["id"], told["actor"]["role"]) == (row["actor_id"], row["actor_role"])
    return who and all(_is(told.get(name), row[name]) for name in _OF_AN_ENTRY)


def _is(told: object, row: object) -> bool:
    return told == row or _plain(told) == _plain(row)


def _plain(said: object) -> object:
    """In one form whichever way it came: an instant is one whatever its offset."""
    match said:
        case dict():
            return {name: _plain(value) for name, value in said.items()}
        case list() | tuple():
            return [_plain(value) for value in said]
        case str():
            return _instant(said)
    return said


def _instant(said: str) -> object:
    try:
        return datetime.fromisoformat(said) if "T" in said else said
    except ValueError:
        return said
