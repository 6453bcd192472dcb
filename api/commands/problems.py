"""Problems of commands: what a caller gets whose command is refused."""

from typing import Any

from api.http.problems import Problem
from domain.words.label import Label
from domain.words.refusals import ID_REUSED


def id_reused() -> Problem:
    """409: the id stands for another command, and answers that one alone."""
    return Problem(409, ID_REUSED.code, ID_REUSED.words)


def refused(decision: dict[str, Any]) -> Problem:
    """409: the ticket does not take the command; the recorded decision stands in the document."""
    said = decision.get("detail", {})
    title = Label("系统未受理此操作", "The ticket refused the command")
    detail = Label.from_json(title.as_json() | said)
    extra = {name: value for name, value in decision.items() if name != "detail"}
    return Problem(409, "refused", title, detail, extra=extra)
