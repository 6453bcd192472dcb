"""S17: no work on a major incident, whatever is classified, requested or granted, in whatever order (000-08..10)."""

from collections.abc import Iterable, Sequence

from tests.separation import laws, record
from tests.separation.laws import KEPT, WORK, Contract, Sentence, in_session, is_approved
from tests.separation.record import Line, Standing
from tests.separation.recorded import s15


def s17(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """No work on what is major or may be, nor before it has a level; and who says that it is not may say so."""
    if not contract.needs_approval:
        return None
    if _calls_minor(line) and may_be_major(contract, past):
        return _taken_back_rightly(past, line)
    return _done_rightly(contract, past, line)


def _done_rightly(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    if line.did == "merged":
        return _merged_rightly(contract, past)
    if line.did not in WORK:
        return None
    if level(past) is None:
        return f"{line.did} before anybody knew how grave it is"
    if not may_be_major(contract, past):
        return None
    return KEPT if is_approved(past) else f"{line.did} on what is major, or may be"


def _merged_rightly(contract: Contract, past: Sequence[Line]) -> str:
    """The other is as grave as this was at the opening: nothing has been done on it since."""
    graver = may_be_major(contract, past) and not may_be_major(contract, past[:1])
    return "what is major, or may be, ended in a report that is not" if graver else KEPT


def _calls_minor(line: Line) -> bool:
    return line.did == "classified" and (line.data.get("facts") or {}).get("major") is False


def _taken_back_rightly(past: Sequence[Line], line: Line) -> str:
    wrong = {
        "by no manager": line.role not in {"project_manager", "duty_manager"},
        "by who is in charge": line.who == record.in_charge(past),
        "without a reason": not str(line.data.get("reason") or "").strip(),
        "after an application": record.last(past, "major_applied") is not None,
    }
    return next((f"a major incident taken back {what}" for what, it_is in wrong.items() if it_is), KEPT)


def may_be_major(contract: Contract, past: Sequence[Line]) -> bool:
    """Whether somebody has said that it is major, or its level was once the gravest and nobody has judged it."""
    major = candidate = judged = False
    for line in past:
        if line.did not in {"opened", "classified", "identified", "major_applied"}:
            continue
        stated = True if line.did == "major_applied" else (line.data.get("facts") or {}).get("major")
        judged |= line.did != "opened" and (stated is True or (stated is False and (major or candidate)))
        major = major if stated is None else stated
        candidate |= line.data.get("level") in contract.gravest and not judged
    return major or (candidate and not judged)


def level(lines: Iterable[Line]) -> str | None:
    """How grave it is, as reported or as classified since."""
    known: str | None = None
    for line in lines:
        if line.did in {"opened", "classified", "identified"}:
            known = line.data.get("level") or known
    return known


def s17_now(contract: Contract, past: Sequence[Line], standing: Standing) -> str | None:
    """Nobody is at work remotely now on what is major or may be; the line that made it so ended that."""
    if not contract.needs_approval or not may_be_major(contract, past) or is_approved(past):
        return None
    at_work = in_session(past) or (not standing.hidden and standing.session_since is not None)
    return "a session goes on on what is major, or may be" if at_work else KEPT


def p5(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Nobody is sent where the service has no visit, unless it is graver or paid for (001-07)."""
    if line.did != "dispatched" or contract.pack != "fuao":
        return None
    level = [each.data["level"] for each in past if each.data.get("level")][-1:]
    known = record.facts(past)
    if level != ["regular"] or known.get("severity") in {"disastrous", "serious"} or known.get("major"):
        return None
    return KEPT if {"paid_work", "001-08"} & record.consents(past) else "somebody was sent for a regular report"


def p6(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Nothing that runs or is out is lost in another report: a session, an application, a part."""
    if line.did != "merged":
        return None
    answers = ("major_applied", "approved", "refused", "major_withdrawn")
    application = record.last(past, *answers)
    here = {each.id for each in record.parts(past)}
    gone = {each.data.get("part") for each in past if each.did in {"part_arrived", "part_refused"}}
    lost = {
        "a session": in_session(past),
        "an application": application is not None and application.did == "major_applied",
        "a part": bool(here - gone),
    }
    return next((f"{what} was lost in another report" for what, is_lost in lost.items() if is_lost), KEPT)


#: By the name of the law: all that are sentences on a line.
SENTENCES: dict[str, Sentence] = laws.SENTENCES | {"S15": s15, "S17": s17, "P5": p5, "P6": p6}
