"""Where a request comes from, as far as the server knows."""

from starlette.requests import Request


def address_of(request: Request) -> str:
    """The address of whoever asks, or of the proxy that does not say."""
    return request.client.host if request.client else "-"
