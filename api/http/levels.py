"""Levels as a request names them: the packs' vocabulary."""

from api.http.problems import wrong_field
from domain.words.label import one_of
from policies import level_id, load_pack


def known_level(field: str, pack: str, name: str) -> str:
    """The id of a level of the pack, by its id or its Chinese name; a Problem that lists them otherwise."""
    found = level_id(load_pack(pack), name)
    if found is None:
        raise wrong_field(field, one_of(load_pack(pack).level_ids))
    return found
