"""Supposing: the terms that a word of the asker's stands for, as they are published or as the asker has edited them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.what_if.living import Supposed
from policies import Pack, PackError, load_pack, pack_ids
from policies.loader import edited_pack
from store.registry.records import Contract


class NotSupposedError(ValueError):
    """There are no such terms. ``field``: what of the question is wrong; ``problems``: in which way."""

    def __init__(self, field: str, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.field = field
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Edited:
    """A pack's file as the asker has it; ``name``: what messages call it."""

    text: bytes
    name: str


def supposed(
    word: str,
    contract: Callable[[str], Contract | None],
    *,
    edited: Edited | None = None,
    levels: Mapping[str, str] | None = None,
) -> Supposed:
    """The terms of a contract of that id, or of the pack of that id by itself.

    Args:
        contract: finds a customer's contract.
        edited: in the place of the pack's published file.
        levels: which level stands for which.

    Raises:
        NotSupposedError: there are none, or they have no such level.
    """
    found = None if word in pack_ids() else contract(word)
    if word not in pack_ids() and found is None:
        raise NotSupposedError("contract", f"no contract {word!r}; packs are {', '.join(pack_ids())}")
    pack = _pack(found.pack if found else word, edited)
    unknown = sorted(set((levels or {}).values()) - set(pack.level_ids))
    if unknown:
        raise NotSupposedError("levels", f"no level {', '.join(unknown)}; levels are {', '.join(pack.level_ids)}")
    if found is None:
        return Supposed(pack.terms(), dict(levels or {}))
    terms = pack.terms(contract=found.id, remote_calendar=found.remote_calendar, overrides=found.switches)
    return Supposed(terms, dict(levels or {}))


def _pack(id_: str, edited: Edited | None) -> Pack:
    if edited is None:
        return load_pack(id_)
    try:
        return edited_pack(id_, edited.text, edited.name)
    except PackError as error:
        raise NotSupposedError("edited", *error.problems) from None
