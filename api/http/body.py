"""The body of a request: read within a limit, decoded strictly, checked whole before anything looks at it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any, NoReturn

from starlette.requests import Request

from api.http.problems import MOST_ERRORS, FieldError, Problem, field_error, invalid, too_large
from api.http.text import fault
from domain.words.label import Label

LIMIT = 64 * 1024
DEPTH = 32
#: Values in a body: what a stranger sends may cost the event loop a few milliseconds, for everybody else waits.
VALUES = 1000
#: Larger integers lose digits in other people's JSON.
LARGEST = 2**53 - 1

#: A text, or the rest of the body where it never ends: else it would be tried again from every mark in it.
_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
_OBJECT = Label("正文必须是 JSON 对象", "The body must be a JSON object")


async def read_json(request: Request) -> dict[str, Any]:
    """The body as an object of sound values; a Problem otherwise."""
    return faultless(await read_limited(request, LIMIT))


def faultless(body: bytes) -> dict[str, Any]:
    """A JSON text as an object of sound values; a Problem that names what is not otherwise."""
    document = parse(body)
    if not isinstance(document, dict):
        raise invalid(detail=_OBJECT)
    errors = tuple(islice(_faults(document), MOST_ERRORS))
    if errors:
        raise invalid(*errors)
    return document


async def read_limited(request: Request, limit: int) -> bytes:
    """The body as it came, of at most so many bytes; a Problem as soon as it is longer or says that it will be."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise too_large(limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise too_large(limit)
    return bytes(body)


def parse(body: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    """The value of a JSON text in UTF-8 that is nothing else."""
    if _has_many_values(body):
        raise invalid(detail=Label(f"正文最多 {VALUES} 个值", f"A body may hold {VALUES} values at most"))
    try:
        return json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=_constant,
        )
    except UnicodeDecodeError as error:
        at = Label(
            f"正文不是有效的 UTF-8（第 {error.start} 字节）",
            f"The body is not valid UTF-8 at byte {error.start}",
        )
        raise invalid(detail=at) from None
    except json.JSONDecodeError as error:
        at = Label(
            f"正文不是有效的 JSON（第 {error.pos} 字符）",
            f"The body is not valid JSON at character {error.pos}",
        )
        raise invalid(detail=at) from None
    except RecursionError:
        raise _too_deep() from None


def _has_many_values(body: bytes) -> bool:
    """Whether it would take long to look at: told by its marks, which no JSON with so many values can do without.

    Most bodies have few marks even with those of their texts, which are taken out only where that decides.
    """
    return _marks(body) >= VALUES and _marks(_TEXTS.sub(b"", body)) >= VALUES


def _marks(body: bytes) -> int:
    return sum(map(body.count, (b",", b"[", b"{")))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (twice, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise invalid(FieldError(_printable(twice), Label("同一字段出现两次", "stands there twice")))
    return found


def _integer(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)) or abs(int(digits)) > LARGEST:
        raise invalid(detail=Label("整数过大", "An integer is too large"))
    return int(digits)


def _number(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        raise invalid(detail=Label("数字过大", "A number is too large"))
    return number


def _constant(word: str) -> NoReturn:
    raise invalid(detail=Label(f"{word} 不是 JSON 数字", f"{word} is not a number in JSON"))


def _too_deep() -> Problem:
    return invalid(detail=Label(f"嵌套超过 {DEPTH} 层", f"Nested deeper than {DEPTH} levels"))


def _faults(document: dict[str, Any]) -> Iterator[FieldError]:
    """The texts that cannot be stored, by path; too deep a nesting ends the search."""
    waiting: list[tuple[str, Any, int]] = [("", document, 1)]
    while waiting:
        path, value, depth = waiting.pop()
        if depth > DEPTH:
            raise _too_deep()
        if isinstance(value, str):
            if wrong := fault(value):
                yield field_error(path, wrong)
        elif isinstance(value, list):
            waiting += [(f"{path}[{index}]", item, depth + 1) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            for name, item in value.items():
                inside = f"{path}.{_printable(name)}".removeprefix(".")
                if wrong := fault(name):
                    yield field_error(inside, wrong)
                waiting.append((inside, item, depth + 1))


def _printable(name: str) -> str:
    """A field's name as an error may repeat it: short, and storable whatever it was."""
    return name[:100].replace("\x00", "�").encode("utf-8", "replace").decode()
