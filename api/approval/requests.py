"""What the holder of an approval link sends, and what asks for a link."""

from typing import Annotated
from urllib.parse import parse_qsl

from pydantic import StringConstraints

from api.http.fields import READABLE, OneOf, Request
from api.http.problems import FieldError, invalid
from api.http.text import fault
from api.http.validation import validated
from domain.words.label import Label
from store.models.approval_link import Action

#: In characters: percent-encoded Chinese of that length stays within the limit of a form.
LONGEST_OPINION = 800
#: Of a form, in bytes.
FORM_LIMIT = 8 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"

_FORM = Label("请用链接页面上的按钮作答", "Answer with the buttons of the link's page")


class AskLink(Request):
    """Asks for a link of one's own."""

    action: Annotated[str, OneOf(Action)] = Action.APPROVE_MAJOR.value


class Answer(Request):
    """The form of a link's page."""

    decision: Annotated[str, OneOf(("approve", "refuse"))]
    opinion: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_OPINION), READABLE
    ]


def answer_of(body: bytes) -> Answer:
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
    return validated(Answer, fields)
