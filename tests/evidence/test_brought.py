"""What somebody brings as a bundle is opened by whoever wants to know whether it holds: it does them no harm."""

import io
import os
import zipfile
from pathlib import Path

import pytest

from evidence import container
from evidence.faults import EvidenceError
from evidence.verifying import verified


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "A", "a\\b", ""])
def test_a_name_that_leads_elsewhere_is_none_of_a_bundle(name: str):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as hostile:
        hostile.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(EvidenceError):
        verified(file.getvalue(), [])


def test_nothing_is_unpacked_and_no_link_is_followed():
    """A few kilobytes that would be many, and a link that leads elsewhere."""
    file = io.BytesIO()
    link = zipfile.ZipInfo("rows/ticket.json")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as hostile:
        hostile.writestr("manifest.json", b"0" * 2**22)
        hostile.writestr(link, "/etc/shadow")
    with pytest.raises(EvidenceError, match=r"manifest\.json"):
        verified(file.getvalue(), [])


def test_only_a_file_that_ends_is_read(tmp_path: Path):
    sparse, endless, pipe = tmp_path / "sparse", tmp_path / "link", tmp_path / "pipe"
    with sparse.open("wb") as file:
        file.truncate(container.LARGEST + 1)
    endless.symlink_to("/dev/zero")
    os.mkfifo(pipe)
    for path in (sparse, endless, pipe, tmp_path):
        with pytest.raises(EvidenceError, match="it is no bundle"):
            container.in_file(path)
    with pytest.raises(FileNotFoundError):
        container.in_file(tmp_path / "none")
