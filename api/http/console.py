"""The built console as browsers get it: a page for the desk and one for phones, each for all its addresses, and the
files that they ask for.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from api.http.compression import accepts
from api.http.problems import not_found
from runtime.console_build import Built, WhyNot

#: A page runs our own scripts alone and speaks with us alone. The library that draws writes styles of its own; a style
#: can send nothing out, for every other source is ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: The phone's page draws with nothing but its own sheets.
PHONE_POLICY = POLICY.replace(" 'unsafe-inline'", "")
#: For photos of the evidence; nothing else of the machine is asked for.
PERMISSIONS = "camera=(self), geolocation=(), microphone=()"
#: A file's name has the hash of what it holds.
FOR_EVER = "public, max-age=31536000, immutable"

_MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
_CODINGS = (("br", ".br"), ("gzip", ".gz"))


def is_read_by_a_person(request: Request) -> bool:
    """Whether a browser shows the answer as a page."""
    return "text/html" in request.headers.get("accept", "")


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent, or a script that is asked for each time as the page is."""

    body: bytes
    etag: str
    policy: str
    media_type: str

    @classmethod
    def of(cls, file: Path, policy: str, media_type: str = "text/html") -> "Page | None":
        """Read once; None where a build has none."""
        if not file.is_file():
            return None
        body = file.read_bytes()
        return cls(body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', policy, media_type)

    def answer(self, request: Request) -> Response:
        """The page, or that the browser has it; it asks each time, for another build has another page."""
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": self.policy,
            "ETag": self.etag,
            "Permissions-Policy": PERMISSIONS,
        }
        known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
        if self.etag in known:
            return Response(status_code=304, headers=headers)
        return Response(self.body, headers=headers, media_type=self.media_type)

    def instead(self) -> Response:
        """The page at an address that nobody has: it says so, and leads on."""
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": self.policy}
        return Response(self.body, 404, headers, self.media_type)


@dataclass(frozen=True, slots=True)
class Console:
    """What is there of it; read once. ``worker``: keeps the phone's page on the phone."""

    desk: Page | None
    phone: Page | None
    worker: Page | None
    assets: dict[str, Path]
    why_not: WhyNot | None

    @classmethod
    def of(cls, built: Built) -> "Console":
        """Of a build and those before it, whose files pages that are still open ask for."""
        if built.folder is None:
            return cls(None, None, None, {}, built.why_not)
        phone = built.folder / "m"
        found = (file for folder in (*built.old, built.folder) for file in (folder / "assets").glob("*"))
        return cls(
            Page.of(built.folder / "index.html", POLICY),
            Page.of(phone / "index.html", PHONE_POLICY),
            Page.of(phone / "sw.js", PHONE_POLICY, "text/javascript"),
            {file.name: file for file in found},
            None,
        )

    def instead(self, request: Request) -> Response | None:
        """For a person who mistyped an address; programs, and whoever asks the API, are answered as always."""
        asked = request.method == "GET" and is_read_by_a_person(request)
        return self.desk.instead() if self.desk and asked and not request.url.path.startswith("/api/") else None

    def asset(self, name: str, request: Request) -> Response:
        """A file of the build, as it was packed when it was built; 404 for what is none."""
        file = self.assets.get(name)
        media_type = _MEDIA_TYPES.get(Path(name).suffix)
        # A build that was cleared away since takes its files along.
        if file is None or media_type is None or not file.is_file():
            raise not_found()
        headers = {"Cache-Control": FOR_EVER, "Vary": "Accept-Encoding"}
        for coding, ending in _CODINGS:
            packed = self.assets.get(f"{name}{ending}")
            if packed is not None and packed.is_file() and accepts(request.headers.get("accept-encoding"), coding):
                return FileResponse(packed, headers=headers | {"Content-Encoding": coding}, media_type=media_type)
        return FileResponse(file, headers=headers, media_type=media_type)
