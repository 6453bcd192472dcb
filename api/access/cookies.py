"""Cookies: named, guarded and sent in one place."""

from datetime import timedelta

from starlette.requests import Request

from runtime.sign_in_settings import SignIn

#: The secret of a browser's session, the sign that it has signed in before, and its part of a sign-in under way.
SESSION, DEVICE, FLOW = "zhishou_session", "zhishou_device", "zhishou_sign_in"


def read(request: Request, settings: SignIn, cookie: str) -> str | None:
    """What the browser shows; over HTTPS only a cookie that no other host and no plain HTTP could have set."""
    return request.cookies.get(_name(request, settings, cookie))


def give(request: Request, settings: SignIn, cookie: str, value: str, lasts: timedelta) -> None:
    """Send it with the answer, whatever that will be. No script can read it, no other site's form sends it."""
    guards = "; Secure" if _is_secure(request, settings) else ""
    line = f"{_name(request, settings, cookie)}={value}; Path=/; Max-Age={int(lasts.total_seconds())}"
    request.scope.setdefault("cookies", []).append(f"{line}; HttpOnly; SameSite=Lax{guards}")


def take_back(request: Request, settings: SignIn, cookie: str) -> None:
    """The browser forgets it."""
    give(request, settings, cookie, "", timedelta(0))


def _name(request: Request, settings: SignIn, cookie: str) -> str:
    return f"__Host-{cookie}" if _is_secure(request, settings) else cookie


def _is_secure(request: Request, settings: SignIn) -> bool:
    public = settings.public_url or ""
    return settings.cookie_secure or request.url.scheme == "https" or public.startswith("https:")
