"""Mail that waits, and that somebody has taken it."""

from datetime import UTC, datetime

from fastapi import APIRouter

from api.access.identity import Acts, Caller
from api.access.permissions import KNOW_CALLERS, OPEN_TICKETS
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS
from api.http.problems import existing
from api.mail.documents import MailDocument
from store.mail import waiting

router = APIRouter(prefix="/api/desk/mails", tags=["mail"])


@router.get("", dependencies=[KNOW_CALLERS])
async def list_mails(behind: Behind) -> Page[MailDocument]:
    """Mails of the last seven days that nobody has taken, oldest first."""
    found = await behind.ask(waiting.waiting, datetime.now(UTC))
    return Page(items=[MailDocument.of(mail) for mail in found])


@router.post("/{mail}/take", dependencies=[OPEN_TICKETS, POSSIBLE_IDS])
async def take_mail(mail: str, actor: Caller, act: Acts) -> MailDocument:
    """Say that somebody takes it, or has seen to one that nobody could read; said again, it stays as it was.

    Whoever acts on its ticket has taken it, too, and need not say so.
    """
    return MailDocument.of(existing(await act.add(waiting.take, actor, mail, datetime.now(UTC))))
