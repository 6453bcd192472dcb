"""Words of settings: lists, addresses of others, and secrets that nobody is to read."""

from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit


def listed(words: str) -> list[str]:
    """The words of a list with commas between them."""
    return [word.strip() for word in words.split(",") if word.strip()]


def is_address(url: str) -> bool:
    """Whether somebody can be asked there. A password in it would be told with it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
        )
    except ValueError:
        return False


def struck_out(words: str, secrets: Iterable[str]) -> str:
    """Without what is secret, should a server have said it: as it was given, as in an address, or in base64."""
    given = {secret for each in secrets if each for secret in (each, unquote(each))}
    ways = {
        way for each in given for way in (each, quote(each), quote(each, safe=""), b64encode(each.encode()).decode())
    }
    for way in sorted(ways, key=len, reverse=True):
        words = words.replace(way, "***")
    return words


def _in_base64(word: str) -> str:
    return b64encode(word.encode()).decode()
