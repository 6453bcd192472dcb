"""Phrases: texts that are written again and again, one's own and what colleagues share."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.access.identity import Acts, Caller
from api.access.permissions import KEEP_PHRASES, READ_PHRASES
from api.backend import Behind
from api.http.documents import Page
from api.http.ids import POSSIBLE_IDS, created
from api.http.inputs import takes
from api.http.problems import FieldError, conflict, existing, not_found
from api.phrases.documents import PhraseDocument
from api.phrases.requests import ChangedPhrase, NewPhrase
from domain.words.label import Label
from store import phrases
from store.owned import MOST, StaleError, TooManyError

_TOO_MANY = Label(
    f"最多保存 {MOST} 条常用语，请先删除不用的", f"You keep {MOST} phrases, the most there may be; delete one first"
)
_STALE = Label(
    "这条常用语已在别处修改，请刷新后再改",
    "is another by now: the phrase was changed elsewhere; read it again and change it then",
)

router = APIRouter(prefix="/api/phrases", tags=["phrases"])


async def own_phrase(phrase: str, actor: Caller, behind: Behind) -> str:
    """The id of one of the caller's phrases; 404 before anything is said of a body."""
    if not await behind.ask(phrases.keeps, actor, phrase):
        raise not_found()
    return phrase


OwnPhrase = Annotated[str, Depends(own_phrase)]


@router.get("", dependencies=[READ_PHRASES])
async def list_phrases(actor: Caller, behind: Behind) -> Page[PhraseDocument]:
    """The caller's phrases, then what colleagues share, each by title."""
    return Page(items=[PhraseDocument.of(each, actor) for each in await behind.ask(phrases.phrases, actor)])


@router.post("", dependencies=[KEEP_PHRASES], status_code=201, response_model=PhraseDocument)
async def add_phrase(actor: Caller, act: Acts, given: Annotated[NewPhrase, takes(NewPhrase)]) -> JSONResponse:
    """Keep a text under a title."""
    try:
        kept = await act.change(phrases.add_phrase, actor, given.model_dump(), datetime.now(UTC))
    except TooManyError:
        raise conflict(FieldError("title", _TOO_MANY)) from None
    return created(PhraseDocument.of(kept, actor), f"/api/phrases/{kept.id}")


@router.patch("/{phrase}", dependencies=[KEEP_PHRASES, POSSIBLE_IDS])
async def change_phrase(
    phrase: OwnPhrase, actor: Caller, act: Acts, given: Annotated[ChangedPhrase, takes(ChangedPhrase)]
) -> PhraseDocument:
    """Change one's own phrase: what is given, and nothing that was changed since it was read."""
    try:
        changed = await act.change(phrases.change_phrase, actor, phrase, given.given, datetime.now(UTC))
    except StaleError:
        raise conflict(FieldError("version", _STALE)) from None
    return PhraseDocument.of(existing(changed), actor)


@router.delete("/{phrase}", dependencies=[KEEP_PHRASES, POSSIBLE_IDS], status_code=204)
async def remove_phrase(phrase: str, actor: Caller, act: Acts) -> None:
    """Keep one's own phrase no longer."""
    if not await act.change(phrases.remove_phrase, actor, phrase):
        raise not_found()
