"""Views: lists of tickets under names, one's own and what colleagues share."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.access.identity import Acts, Caller
from api.access.permissions import KEEP_VIEWS, READ_TICKETS
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import takes
from api.http.problems import FieldError, conflict, existing, not_found, wrong_field
from api.tickets.queries import asked_by
from api.views.documents import ViewDocument
from api.views.requests import ChangedView, NewView
from domain.audience.visibility import sees_all
from domain.people.actors import Actor
from domain.words.label import Label
from store import views
from store.owned import MOST, StaleError, TooManyError

_OURS_ALONE = Label("只有本公司人员可以共享视图", "is for people of the service company alone")
_TOO_MANY = Label(
    f"最多保存 {MOST} 个视图，请先删除不用的视图", f"You keep {MOST} views, the most there may be; delete one first"
)
_STALE = Label(
    "这个视图已在别处修改，请刷新后再改",
    "is another by now: the view was changed elsewhere; read it again and change it then",
)

router = APIRouter(prefix="/api/views", tags=["views"])


async def own_view(view: str, actor: Caller, behind: Behind) -> str:
    """The id of one of the caller's views; 404 before anything is said of a body."""
    if not await behind.ask(views.keeps, actor, view):
        raise not_found()
    return view


OwnView = Annotated[str, Depends(own_view)]


@router.get("", dependencies=[READ_TICKETS], response_model_exclude_unset=True)
async def list_views(actor: Caller, behind: Behind) -> Page[ViewDocument]:
    """The caller's views in their order, then what colleagues share."""
    return Page(items=[ViewDocument.of(each, actor) for each in await behind.ask(views.views, actor)])


@router.post("", dependencies=[KEEP_VIEWS], status_code=201, response_model=ViewDocument)
async def add_view(actor: Caller, act: Acts, given: Annotated[NewView, takes(NewView)]) -> JSONResponse:
    """Keep a list under a name; its filters are those that the caller may ask by."""
    _require_theirs(actor, given)
    try:
        kept = await act.change(views.add_view, actor, given.given, datetime.now(UTC))
    except TooManyError:
        raise conflict(FieldError("name", _TOO_MANY)) from None
    return created(ViewDocument.of(kept, actor), f"/api/views/{kept.id}")


@router.patch("/{view}", dependencies=[KEEP_VIEWS, POSSIBLE_IDS])
async def change_view(
    view: OwnView, actor: Caller, act: Acts, given: Annotated[ChangedView, takes(ChangedView)]
) -> ViewDocument:
    """Change one's own view: what is given, and nothing that was changed since it was read."""
    _require_theirs(actor, given)
    try:
        changed = await act.change(views.change_view, actor, view, given.given, datetime.now(UTC))
    except StaleError:
        raise conflict(FieldError("version", _STALE)) from None
    return ViewDocument.of(existing(changed), actor)


@router.delete("/{view}", dependencies=[KEEP_VIEWS, POSSIBLE_IDS], status_code=204)
async def remove_view(view: str, actor: Caller, act: Acts) -> None:
    """Keep one's own view no longer."""
    if not await act.change(views.remove_view, actor, view):
        raise not_found()


def _require_theirs(actor: Actor, given: NewView | ChangedView) -> None:
    """What somebody may not ask they may not keep, and outside the service company nothing is shared."""
    if given.query is not None:
        asked_by(actor, given.query, "query.")
    if given.shared and not sees_all(actor):
        raise wrong_field("shared", _OURS_ALONE)
