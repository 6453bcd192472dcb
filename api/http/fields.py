"""The kinds of fields that requests are made of."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError, core_schema

from domain.words.text import is_one_line, says_something


class Request(BaseModel):
    """A body or a query. Nothing is converted from another type; unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class OneOf:
    """Marks a field that takes these words and no others; a Literal made from data."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [str(word) for word in words]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:  # noqa: ANN401  # as pydantic calls it
        """Pydantic's own check of a Literal."""
        return core_schema.literal_schema(self._words)


def _readable(text: str) -> str:
    if not says_something(text):
        raise PydanticCustomError("nothing_to_read", "nothing of it can be read")
    return text


def _one_line(text: str) -> str:
    if not is_one_line(text):
        raise PydanticCustomError("lines", "it is more than one line")
    return text


def each_once(words: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """No word of a list twice."""
    if words is not None and len(set(words)) < len(words):
        raise PydanticCustomError("twice", "one stands there twice")
    return words


#: Of a text that somebody is to read. What can be read is kept as it was typed.
READABLE = AfterValidator(_readable)
#: Of a name or title.
ONE_LINE = AfterValidator(_one_line)

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), READABLE, ONE_LINE]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), READABLE]
#: A name that people or documents have; the characters are checked against what exists.
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64), READABLE, ONE_LINE]
#: A place to drive to: address, building, room.
Site = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), READABLE, ONE_LINE]
#: As it was read; nothing is changed of what has changed since.
Version = Annotated[int, Field(ge=0)]
#: An id of ours.
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Uuid = Annotated[
    str,
    StringConstraints(
        to_lower=True,
        pattern=r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
    ),
]
