"""The headers of an attachment: what the file is, and what people call it."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote_to_bytes

from pydantic import Field
from starlette.requests import Request

from api.attachments.media import ALIASES, MEDIA
from api.http.keys import IDEMPOTENCY_KEY
from api.http.problems import FieldError, Problem, invalid, wrong_field
from api.http.queries import Question
from api.http.text import unstorable
from domain.words.label import Label, listed
from domain.words.refusals import CLOSED, Refusal
from domain.words.text import says_something

TYPE, NAME = "Content-Type", "X-File-Name"
#: In characters, the ending included.
LONGEST_NAME = 120
_ERASED = Label("此附件的内容已应要求删除", "The content of this attachment was erased on request")

#: What the ids look like that attachments have.
ID = re.compile(r"[0-9a-f]{32}")

#: As the OpenAPI document tells it.
FILES: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA},
    },
    "parameters": [
        {
            "name": NAME,
            "in": "header",
            "required": False,
            "description": "The file's name in percent-encoded UTF-8; or filename* of Content-Disposition.",
            "schema": {"type": "string"},
        },
        {
            "name": IDEMPOTENCY_KEY,
            "in": "header",
            "required": False,
            "description": "The same file under the same key again is the same attachment.",
            "schema": {"type": "string", "maxLength": 200},
        },
    ],
}


class FileQuery(Question):
    """How a file is asked for. ``show``: a picture, to be looked at."""

    show: bool = Field(default=False, strict=False)


FULL = Refusal(
    "attachments_full",
    Label(
        "本工单的附件已达上限（个数或总大小），请只传必要的文件，或请管理员调高上限。",
        "The ticket has as many attachments, or bytes of them, as it takes: bring what is needed only, or have an "
        "administrator raise the limit.",
    ),
)
_UPLOADED = Label("可上传的类型：{types}", "must be one of {types}")
_DISPOSITION = re.compile(r"filename\*\s*=\s*utf-8''([^;\s]+)", re.IGNORECASE)
#: Controls, marks of direction, halves of characters, line separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SEPARATORS = re.compile(r"[/\\]")
#: What some file systems do not have in names.
_AWKWARD = re.compile(r'[<>:"|?*]')


def media_type(request: Request) -> str:
    """The type that the sender states, by the name that we have for it; a Problem that lists them otherwise."""
    stated = request.headers.get(TYPE, "").partition(";")[0].strip().lower()
    known = ALIASES.get(stated, stated)
    if known not in MEDIA:
        raise wrong_field(TYPE, _UPLOADED.filled(types=listed(MEDIA)))
    return known


def over() -> Problem:
    """409: the ticket is closed, and nothing is still to be done for it."""
    return Problem(409, CLOSED.code, CLOSED.words)


def erased() -> Problem:
    """410: somebody asked for it, and it is no more."""
    return Problem(410, "erased", _ERASED)


def full() -> Problem:
    """409: the ticket takes no more files of the caller."""
    return Problem(409, FULL.code, FULL.words)


def file_name(request: Request, type_: str) -> str:
    """What people are shown as the file's name, from `X-File-Name` or from `Content-Disposition`'s ``filename*``."""
    given = request.headers.get(NAME) or _disposed(request)
    if given is None:
        raise wrong_field(
            NAME,
            Label(
                "必填：百分号编码的 UTF-8 文件名；也可用 Content-Disposition 的 filename*",
                "is required: the file's name in percent-encoded UTF-8, or filename* of Content-Disposition",
            ),
        )
    return displayed(_decoded(given), MEDIA[type_].extensions)


def _disposed(request: Request) -> str | None:
    found = _DISPOSITION.search(request.headers.get("Content-Disposition", ""))
    return found[1] if found else None


def _decoded(given: str) -> str:
    try:
        name = unquote_to_bytes(given.encode("ascii")).decode("utf-8")
    except UnicodeError:
        raise wrong_field(NAME, Label("必须是百分号编码的 UTF-8", "must be percent-encoded UTF-8")) from None
    if wrong := unstorable(name):
        raise invalid(FieldError(NAME, wrong))
    return name


def displayed(name: str, extensions: tuple[str, ...]) -> str:
    """A name as people read it: one line, no path, nothing invisible, not too long, ending like what the file is."""
    seen = "".join(mark for mark in unicodedata.normalize("NFC", name) if unicodedata.category(mark) not in _UNSEEN)
    last = _AWKWARD.sub("_", _SEPARATORS.split(seen)[-1]).strip(" .")
    ending = PurePosixPath(last).suffix
    if ending.lower() not in extensions:
        stem, ending = last, extensions[0]
    else:
        stem = last.removesuffix(ending)
    return (stem[: LONGEST_NAME - len(ending)].strip(" .") if says_something(stem) else "file") + ending


def mismatch(type_: str) -> Problem:
    """422: the content is something else than the header says, or would run something."""
    what = Label(
        f"文件内容不是 {type_}，或含有宏、脚本、嵌入对象、外部模板等会自行运行的内容，或过大而无法逐一检查；"
        "请打印成普通 PDF 或截图后再上传",
        f"the file's content is not {type_}, or it has macros, scripts, embedded objects or a template from elsewhere,"
        " which would run, or is too large to be looked through for them:"
        " print it as a plain PDF, or bring a picture of it",
    )
    return invalid(FieldError(TYPE, what))
