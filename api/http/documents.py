"""What all documents have in common."""

from typing import Any, Generic, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field

#: Default of a field that not everybody gets (``domain.audience.visibility``): to the others it is absent.
PERHAPS: Any = Field(default_factory=lambda: None)


class Document(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True)


class WordsShown(Document):
    """The same in both languages."""

    zh: str
    en: str


Item = TypeVar("Item", bound=Document)


class Page(Document, Generic[Item]):
    """A page of a list. ``next``: path and query of the next page; absent on the last."""

    items: list[Item]
    next: str | None = None

    @classmethod
    def of(cls, items: list[Item], following: str | None) -> Self:
        """The last page has no field for what it does not have."""
        return cls(items=items) if following is None else cls(items=items, next=following)


class CountedPage(Page[Item], Generic[Item]):
    """The same, and on the first page how many there are in all. `exact` is false where there are more than `total`."""

    total: int | None = None
    exact: bool | None = None


class Plain(Document):
    """An answer whose fields are those of the thing itself."""

    @classmethod
    def of(cls, thing: object) -> Self:
        """As the store has it."""
        return cls(**{name: getattr(thing, name) for name in cls.model_fields})


class Versioned(Document):
    """The same, as it was read: ``version`` goes back with a change, which is not made of what has changed since."""

    version: int

    @classmethod
    def of(cls, thing: object, version: int) -> Self:
        """As the store has it."""
        return cls(**{name: getattr(thing, name) for name in cls.model_fields if name != "version"}, version=version)
