"""The contract packs as data: who promised what, in which sentence of which document, validated on load."""

from policies.files import PackError
from policies.loader import level_names, load_pack, pack_ids
from policies.pack import Pack, level_id

__all__ = ["Pack", "PackError", "level_id", "level_names", "load_pack", "pack_ids"]
