"""What is asked: which tickets, and which other terms."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from api.http.fields import READABLE, Request, Word, each_once

#: Tickets at a time, each of which is replayed; and characters of an edited pack.
MOST, LONGEST = 20, 32 * 1024

_Numbers = Annotated[tuple[Word, ...], Field(min_length=1, max_length=MOST, strict=False), AfterValidator(each_once)]
_Levels = Annotated[dict[Word, Word], Field(max_length=MOST)]


class AskWhatIf(Request):
    """Tickets, and the terms that they are supposed to have had.

    ``contract``: a pack by itself, or a customer's contract. ``edited``: the pack's file, as it is supposed to be.
    ``levels``: which level stands for which; those that are not named are found by id, else by their place.
    """

    contract: Word
    numbers: _Numbers
    edited: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), READABLE] | None = None
    levels: _Levels | None = None
