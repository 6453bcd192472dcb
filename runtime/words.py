"""Words of settings: lists, and addresses of others."""

from urllib.parse import urlsplit


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
