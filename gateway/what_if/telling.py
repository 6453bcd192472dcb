"""Telling: a comparison and the totals as they travel, over HTTP, in a file, and back from one."""

from typing import Any

from pydantic import TypeAdapter

from domain.what_if.comparing import Comparison, Totals
from gateway.what_if.asking import LeftOut

_COMPARISON = TypeAdapter(Comparison)
_LEFT_OUT = TypeAdapter(LeftOut)


def told(found: Comparison | LeftOut) -> dict[str, Any]:
    """One ticket: what changes is marked, and what came of each promise is said in a word."""
    if isinstance(found, LeftOut):
        return dict(_LEFT_OUT.dump_python(found, mode="json"))
    document = dict(_COMPARISON.dump_python(found, mode="json"))
    for promise, pair in zip(document["promises"], found.promises, strict=True):
        promise["results"] = [str(each) for each in pair.results]
        promise["changed"] = pair.changed
    return document | {"changed": found.changed}


def heard(document: dict[str, Any]) -> Comparison | LeftOut:
    """What has been told."""
    form = _COMPARISON if "promises" in document else _LEFT_OUT
    return form.validate_python(document)


def totals_told(totals: Totals) -> dict[str, Any]:
    """All tickets together; ``promises``: how many of a kind came to what, and would have come to what."""
    results = sorted(totals.results.items())
    return {
        "tickets": totals.tickets,
        "changed": totals.changed,
        "refused": totals.refused,
        "accepted": totals.accepted,
        "promises": [{"kind": kind, "was": was, "now": now, "count": many} for (kind, was, now), many in results],
    }
