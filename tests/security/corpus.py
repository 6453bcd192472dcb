"""Bodies that no decent program sends. Each is refused by what it is, before it is looked at."""

import json
from typing import Any

from tests.served import report

#: What stands in the place of a marked value.
_MARK = "@@@"


def _with(raw: bytes, **fields: Any) -> bytes:
    """A report in which the marked value is replaced by these bytes."""
    body = json.dumps(report(**(fields or {"title": _MARK})), ensure_ascii=False).encode()
    return body.replace(f'"{_MARK}"'.encode(), raw)


def _title(inside: bytes) -> bytes:
    return _with(b'"' + inside + b'"')


def _deep(levels: int) -> bytes:
    return _with(b"[" * levels + b"]" * levels)


#: Name by name, the body and the status that it deserves.
BODIES: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "blanks": (b"   \n", 422),
    "no JSON": (b"title=x", 422),
    "XML": (b"<?xml version='1.0'?><a/>", 422),
    "a text that never ends": (b'{"user":"' + b'\\",' * 21_800, 422),
    "half an object": (_with(b'"x"')[:-1], 422),
    "an object and more": (_with(b'"x"') + b"{}", 422),
    "two objects": (_with(b'"x"') * 2, 422),
    "a list": (b"[]", 422),
    "a text": (b'"x"', 422),
    "a number": (b"1", 422),
    "null": (b"null", 422),
    "true": (b"true", 422),
    "an empty object": (b"{}", 422),
    "a trailing comma": (b'{"title": "x",}', 422),
    "a comment": (b'{"title": "x"} // so', 422),
    "single quotes": (b"{'title': 'x'}", 422),
    "a byte order mark": (b"\xef\xbb\xbf" + _with(b'"x"'), 422),
    "UTF-16": (_with(b'"x"').decode().encode("utf-16"), 422),
    "UTF-16 without a mark": (_with(b'"x"').decode().encode("utf-16-le"), 422),
    "UTF-32": (_with(b'"x"').decode().encode("utf-32"), 422),
    "GBK": (json.dumps(report(title="中文"), ensure_ascii=False).encode("gbk"), 422),
    "a lone continuation byte": (_title(b"\x80"), 422),
    "a byte that UTF-8 does not have": (_title(b"\xff"), 422),
    "an overlong encoding": (_title(b"\xc0\xaf"), 422),
    "an overlong NUL": (_title(b"\xc0\x80"), 422),
    "half a character": (_title(b"\xe4\xb8"), 422),
    "a surrogate in UTF-8": (_title(b"\xed\xa0\x80"), 422),
    "beyond Unicode": (_title(b"\xf4\x90\x80\x80"), 422),
    "a raw NUL": (_title(b"a\x00b"), 422),
    "an escaped NUL": (_title(b"a\\u0000b"), 422),
    "a raw line feed in a text": (_title(b"a\nb"), 422),
    "a lone high surrogate": (_title(b"\\ud800"), 422),
    "a lone low surrogate": (_title(b"\\udc00"), 422),
    "surrogates the wrong way round": (_title(b"\\udc00\\ud800"), 422),
    "a broken escape": (_title(b"\\u12"), 422),
    "an unknown escape": (_title(b"\\x41"), 422),
    "a NUL in a field's name": (_with(b'"x", "a\\u0000b": 1'), 422),
    "a surrogate in a field's name": (_with(b'"x", "\\ud800": 1'), 422),
    "a field twice": (_with(b'"x", "title": "y"'), 422),
    "a field twice, spelled differently": (_with(b'"x", "t\\u0069tle": "y"'), 422),
    "a field twice inside": (_with(b'"x", "facts": {"major": true, "major": false}'), 422),
    "NaN": (_with(b"NaN"), 422),
    "Infinity": (_with(b"Infinity"), 422),
    "minus Infinity": (_with(b"-Infinity"), 422),
    "a number beyond all": (_with(b"1e999"), 422),
    "a huge integer": (_with(b"9" * 5000), 422),
    "a large integer": (_with(b"9007199254740993"), 422),
    "a leading zero": (_with(b"01"), 422),
    "a hexadecimal number": (_with(b"0x10"), 422),
    "33 levels": (_deep(33), 422),
    "1,000 levels": (_deep(1000), 422),
    "30,000 levels": (_deep(30_000), 422),
    "30,000 levels that never end": (b'{"title":' + b"[" * 30_000, 422),
    "5,000 objects in one another": (b'{"a":' * 5000 + b"1" + b"}" * 5000, 422),
    "10,000 fields": (json.dumps({f"f{n}": 0 for n in range(5_000)}).encode(), 422),
    "an object for a text": (_with(b"{}"), 422),
    "a list for a text": (_with(b'["x"]'), 422),
    "a number for a text": (_with(b"1"), 422),
    "null for a text": (_with(b"null"), 422),
    "a blank title of strange spaces": (_title("\u3000\u00a0\u2003".encode()), 422),
    "65 KiB": (_title(b"x" * 65 * 1024), 413),
    "2 MB": (_title(b"x" * 2_000_000), 413),
    "2 MB of blanks": (b" " * 2_000_000, 413),
}
