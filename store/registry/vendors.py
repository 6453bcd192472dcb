"""Vendors: whom the word in a vendor's case stands for."""

from sqlalchemy import Engine, or_, select

from domain.people.actors import Role
from store.models import PersonRow


class NotAVendorError(LookupError):
    """The word is the name of somebody who is no vendor, or no longer one. ``valid``: the vendors who sign in."""

    def __init__(self, word: str, valid: tuple[str, ...]) -> None:
        super().__init__(f"{word!r} is no vendor; valid are {', '.join(valid) or 'none'}")
        self.valid = valid


def vendor_of(engine: Engine, word: str) -> str:
    """The id of the vendor's person whom the word means, by id or name; else the word as it is.

    A vendor whom nobody has registered can be called too, at night and at once: a word that is no person's gives
    nobody any right.

    Raises:
        NotAVendorError: it is somebody's id who is no active vendor.
    """
    is_vendor = (PersonRow.role == Role.VENDOR) & PersonRow.active
    with engine.connect() as connection:
        meant = connection.execute(
            select(PersonRow.id, is_vendor).where(or_(PersonRow.id == word, is_vendor & (PersonRow.name == word)))
        ).all()
        if any(id_ == word and not fits for id_, fits in meant):
            valid = connection.scalars(select(PersonRow.id).where(is_vendor).order_by(PersonRow.id))
            raise NotAVendorError(word, tuple(valid))
    ids = {id_ for id_, _ in meant}
    return ids.pop() if len(ids) == 1 else word
