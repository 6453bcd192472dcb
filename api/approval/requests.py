"""What the holder of a link sends, and what asks for a link."""

from typing import Annotated, Self, TypeVar
from urllib.parse import parse_qsl

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from api.http.fields import READABLE, OneOf, Request, Uuid
from api.http.instants import Given
from api.http.problems import FieldError, invalid
from api.http.text import fault
from api.http.validation import validated
from domain.words.label import Label
from domain.words.text import folded
from store.access.digests import is_code
from store.approvals.travelling import WAYS
from store.models.approval_link import Action

#: In characters: percent-encoded Chinese of that length stays within the limit of a form.
LONGEST_OPINION = 800
#: Of a form, in bytes.
FORM_LIMIT = 8 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"

_FORM = Label("请用链接页面上的按钮作答", "Answer with the buttons of the link's page")


Form = TypeVar("Form", bound=Request)


_Way = Annotated[str, OneOf(WAYS)]


class AskLink(Request):
    """Asks for a link of one's own; ``by``: sent to one's address on record, and not shown."""

    action: Annotated[str, OneOf(Action)] = Action.APPROVE_MAJOR.value
    by: _Way | None = None


class FetchLink(Request):
    """Asks for what opens a link that the sender has handed over.

    ``spoken``: a code to read out, for minutes. ``by``: sent to the person that it is for, to the address that is on
    record, and not shown.
    """

    command_id: Uuid
    spoken: bool = False
    by: _Way | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if self.spoken and self.by is not None:
            raise PydanticCustomError("spoken_or_sent", "what is read out is not sent")
        return self


_Opinion = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_OPINION), READABLE]


class Answer(Request):
    """The form of the page of an application: each department says why."""

    decision: Annotated[str, OneOf(("approve", "refuse"))]
    opinion: _Opinion


class ShortAnswer(Request):
    """The form of the page of anything else: a tap says yes. ``until``: how long a grant holds."""

    decision: Annotated[str, OneOf(("approve", "refuse"))]
    opinion: _Opinion | None = None
    until: Given | None = None


def answer_of(body: bytes, form: type[Form]) -> Form:
    """The holder's answer, strictly decoded; a Problem that names what is wrong with it otherwise."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=10
        )
    except ValueError:
        raise invalid(detail=_FORM) from None
    # A form ends its lines otherwise than all other interfaces.
    fields = {name: value.replace("\r\n", "\n") for name, value in pairs}
    if len(fields) < len(pairs):
        raise invalid(detail=_FORM)
    if wrong := next(filter(None, map(fault, fields.values())), None):
        raise invalid(FieldError("opinion", wrong))
    # What nobody filled in is sent all the same.
    return validated(form, fields if form is Answer else {name: text for name, text in fields.items() if text.strip()})


def code_of(body: bytes) -> str | None:
    """The code that somebody typed, however they grouped it and in whichever digits; None: it is none."""
    typed = dict(parse_qsl(body.decode("ascii", "replace"))).get("code", "")
    code = "".join(each for each in folded(typed) if each not in " -·")
    return code if is_code(code) else None
