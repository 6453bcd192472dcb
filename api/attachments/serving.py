"""A file, as it is given to who may have it without signing in."""

from pathlib import Path

from fastapi.responses import FileResponse

from api.attachments.media import SHOWN
from runtime.blobs import Blobs
from store.models import AttachmentRow

#: A browser's own page around a picture has a style.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
#: What came by an address that is a credential is kept nowhere.
_HEADERS = {
    "Content-Security-Policy": SANDBOX,
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def file_answer(folder: Path, row: AttachmentRow) -> FileResponse:
    """A picture to be shown, anything else to be saved; nothing of it runs."""
    return FileResponse(
        Blobs(folder).path(row.sha256),
        headers=_HEADERS,
        media_type=row.media_type,
        filename=row.name,
        content_disposition_type="inline" if row.media_type in SHOWN else "attachment",
    )
