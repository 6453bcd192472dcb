"""What stands on the wall, in one answer, for a screen that asks again and again."""

from datetime import UTC, datetime

from fastapi import APIRouter

from api.access.identity import Caller
from api.access.permissions import READ_WALL
from api.backend import Behind
from api.wall.documents import WallDocument
from store.queries.wall import wall
from store.registry.names import names

router = APIRouter(prefix="/api", tags=["wall"])


@router.get("/wall", dependencies=[READ_WALL])
async def read_wall(actor: Caller, behind: Behind) -> WallDocument:
    """What is open, what is due next, what was broken today, who is on duty. A token of the scope `wall` reads this
    and nothing else.
    """
    now = datetime.now(UTC)
    found = await behind.ask(wall, actor, now)
    people = [who for row in found.next for who in (row.assignee, row.answered_by)]
    return WallDocument.of(found, now, await behind.ask(names, people))
