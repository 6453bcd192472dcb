"""Ways: what a link can ask its holder: an application for a major incident, or anything else that waits for them."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from api.approval import page, question_page
from api.approval.requests import Answer, ShortAnswer
from api.backend import Backend
from api.http.problems import FieldError, invalid
from domain.audience.authority import authorize
from domain.matters.applications import ASKED_OF
from domain.matters.links import ABOUT, ANSWERS, ASKED, NAMED_BY, SINCE
from domain.matters.matter import Asked
from domain.matters.on_behalf import HANDED_BY, HANDERS_ACCOUNTS, LINK
from domain.people.actors import Actor
from domain.words.label import Label
from store import attachments
from store.approvals.applications import ApplicationShown, application
from store.approvals.links import Link, departments_of
from store.approvals.questions import QuestionShown, question
from store.erasing import erased_files
from store.models import TicketRow
from store.models.approval_link import Action
from store.paging import Window
from store.registry.deputies import deputy_of
from store.registry.people import person

#: What a tap says who wrote nothing beside it.
_YES = "同意"
_NO_REASON = Label("不同意的请写明原因", "Say why, if you do not agree")
_PASSED = Label("所选时间已过，请重新选择", "that has passed; choose again")


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link that opens something, in the hands of the person to whom it was issued.

    Attributes:
        departments: for which they could answer an application now.
    """

    token: str
    link: Link
    actor: Actor
    ticket: TicketRow
    departments: tuple[str, ...] = ()


#: What is asked.
Shown = ApplicationShown | QuestionShown


#: What a form may say.
Given = Answer | ShortAnswer
Form = type[Answer] | type[ShortAnswer]


class Way(Protocol):
    """One kind of thing that a link asks; ``form``: what is sent back."""

    form: Form

    async def open_question(self, behind: Backend, held: HeldLink) -> Shown | None:
        """What the link is for, while it waits for the holder."""

    async def page(
        self, request: Request, behind: Backend, held: HeldLink, asked: Shown, status: int, wrong: Label | None
    ) -> HTMLResponse:
        """What is asked, with a form; ``wrong``: what was wrong with the last answer."""

    def command(self, held: HeldLink, asked: Shown, answer: Given, /) -> tuple[str, dict[str, Any]]:
        """The kind and the data of the command that the answer is."""

    async def known(self, behind: Backend, held: HeldLink, /) -> dict[str, Any]:
        """What is to be known of the command because it comes by this link."""


async def files_of(behind: Backend, held: HeldLink, say: page.Said) -> str:
    """The attachments of the ticket that the holder may see, as its page names them."""
    files = (await behind.ask(attachments.page, held.actor, held.ticket.number, Window())).items
    return page.linked(say, held.token, files, await behind.ask(erased_files, [row.id for row in files]))


class _ForApplication:
    form: Form = Answer

    async def open_question(self, behind: Backend, held: HeldLink) -> ApplicationShown | None:
        asked = await behind.ask(application, held.link.ticket)
        if asked is None or asked.version != held.link.version or asked.waits_for(held.departments) is None:
            return None
        return asked

    async def page(
        self, request: Request, behind: Backend, held: HeldLink, asked: Shown, status: int, wrong: Label | None
    ) -> HTMLResponse:
        assert isinstance(asked, ApplicationShown)  # of an application nothing else is asked
        about = page.Asking(held.ticket, asked, asked.waits_for(held.departments), held.link.expires_at)
        files = await files_of(behind, held, page.Said(request))
        return page.question(request, about, files, status=status, wrong=wrong)

    def command(self, held: HeldLink, _: Shown, answer: Given) -> tuple[str, dict[str, Any]]:
        assert isinstance(answer, Answer)  # of its own form
        return answer.decision, {"opinion": answer.opinion, "version": str(held.link.version)}

    async def known(self, _: Backend, held: HeldLink) -> dict[str, Any]:
        # For whom they stand in may be another than when the answer began to come.
        return {LINK: {}} | ({ASKED_OF: held.link.department} if held.link.department is not None else {})


class _ForQuestion:
    form: Form = ShortAnswer

    async def open_question(self, behind: Backend, held: HeldLink) -> QuestionShown | None:
        asked = await behind.ask(question, held.link.ticket, Asked(held.link.action), held.link.about)
        return asked if asked is not None and asked.seq == held.link.version else None

    async def page(
        self, request: Request, behind: Backend, held: HeldLink, asked: Shown, status: int, wrong: Label | None
    ) -> HTMLResponse:
        assert isinstance(asked, QuestionShown)  # nothing else is asked so
        about = question_page.Asking(held.ticket, asked, held.actor, held.link.expires_at, datetime.now(UTC))
        files = await files_of(behind, held, page.Said(request))
        return question_page.question(request, about, files, status=status, wrong=wrong)

    def command(self, _: HeldLink, asked: Shown, answer: Given) -> tuple[str, dict[str, Any]]:
        assert isinstance(asked, QuestionShown)  # nothing else is asked so
        assert isinstance(answer, ShortAnswer)  # of its own form
        yes, no = ANSWERS[asked.asked]
        which = {NAMED_BY[asked.asked]: asked.about} if asked.asked in NAMED_BY else {}
        if answer.decision == "refuse":
            if not answer.opinion:
                raise invalid(FieldError("opinion", _NO_REASON))
            return no, which | {"reason": answer.opinion}
        if asked.asked is Asked.REMOTE_GRANT:
            return yes, {"scope": asked.said["scope"]} | _until(answer)
        return yes, which | {"text": answer.opinion or _YES}

    async def known(self, behind: Backend, held: HeldLink) -> dict[str, Any]:
        link, by = held.link, held.link.handed_by
        hander = await behind.ask(person, by) if by else None
        said = {
            ASKED.name: link.action.value,
            ABOUT.name: link.about,
            SINCE: link.since and link.since.isoformat(),
            HANDED_BY: by,
            HANDERS_ACCOUNTS: sorted({by, *(hander.accounts if hander else ())}) if by else [],
        }
        return {LINK: said}


def _until(answer: ShortAnswer) -> dict[str, str]:
    """When the grant ends; a page that lay open for longer asks once more, and its link is not spent."""
    if answer.until is None:
        return {}
    if answer.until <= datetime.now(UTC):
        raise invalid(FieldError("until", _PASSED))
    return {"expires_at": answer.until.isoformat()}


_APPLICATION, _QUESTION = _ForApplication(), _ForQuestion()


def way_of(link: Link) -> Way:
    """What the link asks."""
    return _APPLICATION if link.action is Action.APPROVE_MAJOR else _QUESTION


async def in_hand(behind: Backend, token: str, link: Link, actor: Actor, ticket: TicketRow) -> HeldLink | None:
    """The link, where its person could answer with it now; they may have lost the right since it was made."""
    held = HeldLink(token, link, actor, ticket)
    if link.action is not Action.APPROVE_MAJOR:
        yes, _ = ANSWERS[Asked(link.action)]
        return held if authorize(actor, yes, ticket.customer_id) else None
    stands_in = await behind.ask(deputy_of, actor, ticket.customer_id, datetime.now(UTC))
    could = departments_of(actor, ticket.customer_id, stands_in)
    could = tuple(one for one in could if link.department in {None, one})
    return replace(held, departments=could) if could else None
