"""The language of an answer."""

from starlette.requests import Request

from domain.words.label import Language


def language_of(request: Request) -> Language:
    """The caller's: Chinese, unless English is what they ask for first."""
    first = request.headers.get("accept-language", "").strip().lower()
    return Language.EN if first.startswith("en") else Language.ZH
