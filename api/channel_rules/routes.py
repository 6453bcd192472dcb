"""The rules by which messages leave: read and laid down by an administrator, and kept on the registry's record."""

from typing import Annotated

from fastapi import APIRouter, Depends

from api.access.identity import Acts
from api.access.permissions import ADMINISTER
from api.backend import Backend, Behind
from api.channel_rules.documents import RulesDocument
from api.channel_rules.requests import NewRule
from api.http.inputs import takes
from api.http.problems import not_found
from domain.audience.reaching import Urgency
from domain.people.actors import Role
from store.deliveries.policy import lay_down, rules

#: In the place of a role: every one that has no rule of its own.
OTHERS = "others"
_URGENCIES, _ROLES = frozenset(Urgency), frozenset(Role) - {Role.SYSTEM}

router = APIRouter(prefix="/api/channel-rules", tags=["channels"])


async def _meant(urgency: str, role: str) -> tuple[Urgency, Role | None]:
    """Whose rule it is; 404 for a word that is none."""
    if urgency not in _URGENCIES or (role != OTHERS and role not in _ROLES):
        raise not_found()
    return Urgency(urgency), None if role == OTHERS else Role(role)


Meant = Annotated[tuple[Urgency, Role | None], Depends(_meant)]


async def _shown(behind: Backend) -> RulesDocument:
    laid_down, ways = await behind.ask(rules)
    return RulesDocument.of(laid_down, ways)


@router.get("", dependencies=[ADMINISTER])
async def list_rules(behind: Behind) -> RulesDocument:
    """By which channels messages leave, urgency by urgency, and which channels there are."""
    return await _shown(behind)


@router.put("/{urgency}/{role}", dependencies=[ADMINISTER])
async def put_rule(meant: Meant, act: Acts, given: Annotated[NewRule, takes(NewRule)]) -> RulesDocument:
    """Lay a rule down for a role, or for all `others`. What is to be acted on now reaches people all the same."""
    await act.change(lay_down, *meant, given.rule)
    return await _shown(act.behind)


@router.delete("/{urgency}/{role}", dependencies=[ADMINISTER])
async def take_rule_back(meant: Meant, act: Acts) -> RulesDocument:
    """Take a rule back: what holds without it holds again."""
    await act.change(lay_down, *meant, None)
    return await _shown(act.behind)
