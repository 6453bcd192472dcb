"""The separation of duties, S1 to S17, as sentences on a ticket's record.

Each law looks from outside, at the timeline and at how the ticket stands, and says what is broken. It knows the
documents and none of the product's own conditions: nothing here asks a gate.

- S10, a complaint is never handled by the person complained about: not there yet, for there are no complaints.
- S12, archived evidence cannot be edited: nothing is archived yet. Until then: what stands on the timeline never
  changes and never goes. That the API has no way to edit it is a test beside the API's.
- S15 stands in ``tests.separation.recorded``: on which of the customer's words an act rests, and who took them down.
- S13 and S14 are looked at where a pack promises the report or the device: ``tests.separation.promised``; S17, which
  goes by what is or may be a major incident, in ``tests.separation.incident``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.separation import record
from tests.separation.record import Line, Standing

#: A law's answer on a line that it speaks of and finds right; None: it does not speak of that line.
KEPT = ""

#: Work on the fault, which waits for the approval of a major incident (000-09).
WORK = {
    "remote_started",
    "restored",
    "resolved",
    "part_reserved",
    "part_ordered",
    "emergency_plan_started",
    "change_made",
}
DEPARTMENTS = {"technical", "business"}
#: The customer's own scale, gravest first (001-19).
SEVERITIES = ("disastrous", "serious", "general")
#: The five steps of a fault solution (004-04).
STEPS = {"diagnosis", "repair", "cleaning", "protection", "evidence"}
GRANT_LIVES = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Contract:
    """What the documents say of separation under one contract."""

    pack: str
    needs_approval: bool = False
    gravest: frozenset[str] = frozenset()  # levels that make a report a candidate for a major incident
    severity_is_the_customers: bool = False
    paid_causes: frozenset[str] = frozenset()
    vendors_need_leave: bool = False
    five_steps: bool = False


Sentence = Callable[[Contract, Sequence[Line], Line], str | None]


def s1(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """No work on a major incident before the approval; what was applied for is one, whatever it is called."""
    application = record.last(past, "major_applied")
    major = record.facts(past).get("major", False) or (application and not is_approved(past))
    if line.did not in WORK or not contract.needs_approval or not major:
        return None
    return KEPT if is_approved(past) else f"{line.did} on a major incident that nobody has approved"


def s2(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """None ever after a refusal, nor an approval of what was refused; only a new application."""
    if line.did not in WORK | {"approved"} or record.last(past, "refused") is None:
        return None
    latest = record.last(past, "refused", "major_applied")
    return f"{line.did} after a refusal" if latest and latest.did == "refused" else KEPT


def s3(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """The formal report, then the application with plan and risk; only then can anybody decide."""
    if line.did == "major_applied":
        whole = all(str(line.data.get(name, "")).strip() for name in ("title", "plan", "risk"))
        reported = record.last(past, "formal_report_submitted")
        return KEPT if whole and reported else "an application without the formal report or without its words"
    if line.did not in {"approved", "refused"}:
        return None
    waiting = record.last(past, "major_applied", "major_withdrawn")
    asked = waiting is not None and waiting.did == "major_applied"
    return KEPT if asked else f"{line.did} what nobody has applied for"


def s4(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Who decides neither applied nor ever worked on it, nor is the other department's; each department speaks once."""
    application = record.last(past, "major_applied")
    if line.did not in {"approved", "refused"} or application is None:
        return None
    spoken = [each for each in record.since(past, application) if each.did in {"approved", "refused"}]
    wrong = {
        "no approver of the customer": line.role != "customer_approver",
        "of no department that is asked": record.department(line) not in DEPARTMENTS,
        "the applicant": line.who == application.who,
        "who worked on it": line.who in record.workers(past),
        "the other department's": line.who in {each.who for each in spoken},
        "of a department that has spoken": record.department(line) in {record.department(each) for each in spoken},
    }
    return next((f"{line.did} by {line.who}: {what}" for what, it_is in wrong.items() if it_is), KEPT)


def s5(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """No remote session without the customer's live grant for a scope; the session ends with the grant."""
    if line.did == "remote_started":
        grant = live_grant(past, line.at)
        return KEPT if grant and str(grant.data.get("scope", "")).strip() else "a session without a live grant"
    if line.did == "remote_ended":
        return KEPT if in_session(past) else "a session that was over was ended again"
    if line.did == "remote_granted":
        return KEPT if line.is_the_customers else f"a grant by {line.who}, who does not speak for the customer"
    return None


def s6(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """After remote work, however long ago, a visit needs the internal application (000-24)."""
    visit = line.did in {"dispatched", "departed", "arrived"}
    visit = visit or (line.did == "advanced" and line.data.get("stage") == "onsite")
    if not visit or "remote" not in record.entered(past):
        return None
    return KEPT if record.last(past, "onsite_applied") else f"{line.did} from remote work without the application"


def s7(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """A part is reserved or ordered once the customer has agreed, and both sides have checked it (001-29)."""
    if line.did not in {"part_reserved", "part_ordered"}:
        return None
    part = record.meant(record.parts(past), line.data.get("part"))
    if part is None or part.agreed_by is None:
        return f"{line.did} without the customer's consent"
    return KEPT if part.checked_as == {"engineer", "stock"} else f"{line.did} though it was not checked twice"


def s8(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """A change has documents; a large one the customer's consent, and a backup, before it (002-13, 002-14)."""
    return _made_rightly(past, line) if line.did == "change_made" else None


def s8_after(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Every large change is accepted before the resolution, or refused and mended by another one (002-14)."""
    made = [change for change in record.changes(past) if change.made and change.large]
    if line.did != "resolved" or not made:
        return None
    return next((f"resolved while {each.id} is not accepted" for each in made if _is_open(each, past)), KEPT)


def _made_rightly(past: Sequence[Line], line: Line) -> str:
    change = record.meant(record.changes(past), line.data.get("change"))
    if change is None or not change.documents.strip():
        return "a change without documents"
    if change.refused:
        return f"{change.id} was made though it was refused"
    if not change.large:
        return KEPT
    if not change.agreed:
        return f"{change.id} was made without consent"
    return KEPT if str(line.data.get("backup") or "").strip() else f"{change.id} was made without a backup"


def _is_open(change: record.Change, past: Sequence[Line]) -> bool:
    """Neither accepted, nor refused and mended by another change made since."""
    mended = change.refused and any((each.made or 0) > (change.made or 0) for each in record.changes(past))
    return not change.accepted and not mended


def s9(_: Contract, past: Sequence[Line], line: Line) -> str | None:
    """The survey is never made by anybody who was in charge or acted on the ticket (004-12)."""
    if line.did != "survey_recorded":
        return None
    return "the survey was made by who worked on the ticket" if line.who in record.workers(past) else KEPT


def s11(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """The severity on record is the customer's, and stands until they agree, in writing, to lower it (001-19)."""
    stated, wanted = record.facts(past).get("severity"), _severity(line)
    if line.did != "classified" or not contract.severity_is_the_customers or not stated or not wanted:
        return None
    agreed = {"level_lowering", "001-19"} & record.consents(past[_last_raised(past) :], in_writing=True)
    lowered = SEVERITIES.index(wanted) > SEVERITIES.index(stated)
    return f"{stated} was lowered to {wanted} without consent" if lowered and not agreed else KEPT


def _last_raised(past: Sequence[Line]) -> int:
    """Behind which line no severity was graver than the one before."""
    raised, known = 0, len(SEVERITIES)
    for place, line in enumerate(past):
        said = _severity(line) if line.did in {"opened", "classified"} else None
        if said:
            raised = place if SEVERITIES.index(said) < known else raised
            known = SEVERITIES.index(said)
    return raised


def _severity(line: Line) -> str | None:
    return (line.data.get("facts") or {}).get("severity")


def p1(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """A visit that the contract does not cover is begun only when its price is agreed; afar is free (001-08)."""
    charged = record.facts(past).get("cause") in contract.paid_causes
    if not charged or line.did not in {"dispatched", "departed", "arrived"}:
        return None
    return KEPT if {"paid_work", "001-08"} & record.consents(past) else f"{line.did} at a price that nobody agreed to"


def p2(_: Contract, __: Sequence[Line], line: Line) -> str | None:
    """A later due time is agreed in writing (001-05)."""
    if line.did != "consented" or not line.data.get("until"):
        return None
    return KEPT if str(line.data.get("evidence") or "").strip() else "an extension without evidence"


def p3(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """A vendor is called in the customer's name only with their standing authorisation (004-05)."""
    if line.did != "vendor_case_opened" or not line.data.get("vendor") or not contract.vendors_need_leave:
        return None
    leave = {"standing_authorisation", "004-05"} & record.consents(past)
    return KEPT if leave else "a vendor was called without the customer's leave"


def p4(contract: Contract, past: Sequence[Line], line: Line) -> str | None:
    """Nothing is closed before the customer's word or silence, and under xinhe the five steps (004-11, 004-04)."""
    if line.did != "closed":
        return None
    word = record.last(past, "resolved", "confirmed", "silence_confirmed", "rejected", "reopened")
    steps = {each.data.get("step") for each in past if each.did == "log_written"}
    if word is None or word.did not in {"confirmed", "silence_confirmed"}:
        return "closed without the customer's word"
    return "closed without the five steps" if contract.five_steps and not steps >= STEPS else KEPT


def is_approved(past: Sequence[Line]) -> bool:
    """Whether both departments, two people, have agreed to the latest application, and nobody has refused it."""
    application = record.last(past, "major_applied")
    if application is None:
        return False
    answers = list(record.since(past, application))
    agreed = {record.department(line): line.who for line in answers if line.did == "approved"}
    refused = any(line.did in {"refused", "major_withdrawn"} for line in answers)
    return not refused and set(agreed) >= DEPARTMENTS and len(set(agreed.values())) > 1


def live_grant(past: Sequence[Line], at: datetime) -> Line | None:
    """The customer's grant that lives at an instant."""
    grant = record.last(past, "remote_granted", *ENDS_A_GRANT)
    if grant is None or grant.did != "remote_granted":
        return None
    stated = grant.data.get("expires_at")
    return grant if at < (datetime.fromisoformat(stated) if stated else grant.at + GRANT_LIVES) else None


#: What ends a grant, and a session with it.
ENDS_A_GRANT = ("remote_revoked", "remote_expired", "grant_ended", "resolved")


def in_session(past: Sequence[Line]) -> bool:
    """Whether somebody is at work remotely, by the timeline."""
    latest = record.last(past, "remote_started", "remote_ended")
    return latest is not None and latest.did == "remote_started"


#: By the name of the law. The names with P are gates beside S1 to S14.
SENTENCES: dict[str, Sentence] = {
    "S1": s1, "S2": s2, "S3": s3, "S4": s4, "S5": s5, "S6": s6, "S7": s7, "S8": s8,
    "S8 after": s8_after, "S9": s9, "S11": s11, "P1": p1, "P2": p2, "P3": p3, "P4": p4,
}  # fmt: skip


def s5_now(past: Sequence[Line], standing: Standing) -> str | None:
    """Nobody is at work remotely now without a grant that lives; what has expired or was revoked is over."""
    if in_session(past) and live_grant(past, standing.now - standing.slack) is None:
        return "a session that no line ends goes on without a grant"
    if standing.hidden or (standing.session_since is None and standing.granted_until is None):
        return None
    if live_grant(past, standing.now - standing.slack) is None:
        return "a grant lives on after its end"
    return "a session goes on after its end" if standing.session_since and not in_session(past) else KEPT


def s11_now(contract: Contract, past: Sequence[Line], standing: Standing) -> str | None:
    """The ticket goes by the severity on record, and by no other."""
    stated = _severity(past[0])
    if not contract.severity_is_the_customers or not stated:
        return None
    told = record.facts(past).get("severity")
    return KEPT if standing.facts.get("severity") == told else f"the ticket goes by another severity than {told}"


def s12(before: Sequence[Line], after: Sequence[Line]) -> str | None:
    """What stands on the timeline never changes and never goes; no number is missing, no command answered twice."""
    if any(was is not is_ and was != is_ for was, is_ in zip(before, after, strict=False)) or len(after) < len(before):
        return "a line changed or went"
    if [line.seq for line in after] != list(range(1, len(after) + 1)):
        return "a line is missing"
    answered = [line.command_id for line in after if line.command_id]
    return KEPT if len(answered) == len(set(answered)) else "a command was answered twice"
