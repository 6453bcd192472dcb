"""The built console as browsers get it: one page for all its addresses, and the files that the page asks for."""

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
#: For photos of the evidence; nothing else of the machine is asked for.
PERMISSIONS = "camera=(self), geolocation=(), microphone=()"
#: A file's name has the hash of what it holds.
FOR_EVER = "public, max-age=31536000, immutable"

_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_CODINGS = (("br", ".br"), ("gzip", ".gz"))


@dataclass(frozen=True, slots=True)
class Console:
    """What is there of it; read once."""

    page: bytes | None
    etag: str
    assets: dict[str, Path]
    why_not: WhyNot | None

    @classmethod
    def of(cls, built: Built) -> "Console":
        """Of a build and those before it, whose files pages that are still open ask for."""
        if built.folder is None:
            return cls(None, "", {}, built.why_not)
        page = (built.folder / "index.html").read_bytes()
        found = (file for folder in (*built.old, built.folder) for file in (folder / "assets").glob("*"))
        return cls(page, f'"{hashlib.sha256(page).hexdigest()[:32]}"', {file.name: file for file in found}, None)

    def answer(self, request: Request) -> Response:
        """The page, or that the browser has it; it asks each time, for another build has another page."""
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": POLICY,
            "ETag": self.etag,
            "Permissions-Policy": PERMISSIONS,
        }
        known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
        if self.etag in known:
            return Response(status_code=304, headers=headers)
        return Response(self.page, headers=headers, media_type="text/html")

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
