"""Rules of contracts: what a customer's contract may set otherwise than its pack."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import TypeAdapter, ValidationError

from domain.contract.facts import FACTS, REMOTE_CALENDAR, REMOTE_CALENDARS
from domain.matters.pauses import PauseReason
from domain.words.label import Label
from policies import Pack, load_pack, pack_ids
from policies.pack import SWITCHES
from policies.schema import PackFile
from store.registry.faults import Fault, not_among
from store.registry.records import Contract
from store.registry.rules import id_faults

_STARS = range(1, 6)
#: A switch takes what the pack's own file may say under that name.
_TYPES: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(PackFile.model_fields[name].rebuild_annotation()) for name in SWITCHES
}

#: Switches that list words: those that there are.
_WORDS: dict[str, Callable[[Pack], Iterable[object]]] = {
    "consultation_levels": lambda pack: pack.level_ids,
    "expert_levels": lambda pack: pack.level_ids,
    "major_levels": lambda pack: pack.level_ids,
    "pause_reasons": lambda _: PauseReason,
    "without_onsite": lambda pack: pack.level_ids,
    "paid_causes": lambda _: FACTS["cause"],
}


def contract_faults(contract: Contract) -> Iterator[Fault]:
    """What is wrong with a contract."""
    yield from id_faults(contract.id)
    if contract.starts_on and contract.ends_on and contract.ends_on < contract.starts_on:
        yield Fault("ends_on", Label("不能早于开始日期", "must not be earlier than the first day"))
    if contract.star is not None and contract.star not in _STARS:
        yield Fault("star", Label("须为 1 至 5", "must be 1 to 5"))
    if contract.pack not in pack_ids():
        yield not_among("pack", pack_ids())
        return
    pack = load_pack(contract.pack)
    yield from _remote_calendar(contract.remote_calendar, pack)
    for name, value in contract.switches.items():
        yield from _switch(name, value, pack)


def _remote_calendar(calendar: str | None, pack: Pack) -> Iterator[Fault]:
    if calendar is None:
        return
    if all(not clause.remote for clause in pack.clauses):
        yield Fault(REMOTE_CALENDAR, Label(f"{pack.id} 没有远程服务时间的条款", f"no clause of {pack.id} counts in it"))
    elif calendar not in REMOTE_CALENDARS:
        yield not_among(REMOTE_CALENDAR, REMOTE_CALENDARS)


def _switch(name: str, value: object, pack: Pack) -> Iterator[Fault]:
    field = f"switches.{name[:100]}"
    if name not in _TYPES:
        yield not_among(field, SWITCHES)
        return
    try:
        meant = _TYPES[name].validate_python(value)
    except ValidationError as error:
        wrong = error.errors()[0]["msg"]
        yield Fault(
            field, Label("取值不合规；写法与合同包文件中的同名项相同", f"is written as in the pack's file: {wrong}")
        )
        return
    if name in _WORDS and not set(meant) <= set(_WORDS[name](pack)):
        yield not_among(field, map(str, _WORDS[name](pack)))
