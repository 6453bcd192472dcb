"""Headers that a request must have."""

import re

from starlette.requests import Request

from api.http.problems import wrong_field

IDEMPOTENCY_KEY = "Idempotency-Key"
_VISIBLE = re.compile(r"[\x21-\x7e]{1,200}")


def idempotency_key(request: Request) -> str:
    """The key under which a repeat of the request is the same request."""
    given = request.headers.getlist(IDEMPOTENCY_KEY)
    if len(given) != 1 or not _VISIBLE.fullmatch(given[0]):
        raise wrong_field(
            IDEMPOTENCY_KEY,
            "须有一个 1 至 200 个可见 ASCII 字符的请求头",
            "one header of 1 to 200 visible ASCII characters is required",
        )
    return given[0]
