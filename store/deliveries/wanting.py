"""Wanting: what a message wants of its reader, as the rule asks it of what is stored, and how they came to be told."""

from sqlalchemy import Integer, RowMapping, case, cast, func

from domain.audience.reaching import WAITING, Urgency, urgency
from store.models import NotificationRow

_DATA = NotificationRow.data
_RUNG = _DATA["rung"].astext
#: Of the data of its entry, each of these as text; null: it has no such word.
_WORDS = ("alarm", "stage", "trouble", *WAITING)
#: The columns that say it: no word of them that another version may have stored otherwise.
WANTING = (
    NotificationRow.call.is_not(None).label("called"),
    NotificationRow.action["zh"].astext.is_not(None).label("asks"),
    NotificationRow.grounds["how"].astext.label("how"),
    *(_DATA[name].astext.label(name) for name in _WORDS),
    (func.coalesce(_DATA["calls"].astext, "[]") != "[]").label("calls"),
    (func.coalesce(_DATA["over"].astext, "false") == "true").label("over"),
    case((_RUNG.regexp_match("^[0-9]{1,4}$"), cast(_RUNG, Integer)), else_=0).label("rung"),
)


def wanted(row: RowMapping) -> Urgency:
    """How urgent the message is of which these are the columns."""
    data = {name: row[name] for name in (*_WORDS, "rung", "calls", "over") if row[name] is not None}
    return urgency(data, asks=row["asks"], called=row["called"])
