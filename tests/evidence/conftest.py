"""An archive that has just begun, and an authority that stamps it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway import stamping
from gateway.archiving import keep
from runtime.archive import Archive
from tests.evidence.authority import Authority
from tests.evidence.samples import archive, leaf
from tests.patience import PATIENCE_S


@pytest.fixture
def kept(tmp_path: Path) -> Archive:
    """With one history in it."""
    made = archive(tmp_path / "home")
    keep(made, [leaf("A", "1")], datetime(2026, 11, 27, tzinfo=UTC))
    return made


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """That is waited for, however slow the machine is."""
    monkeypatch.setattr(stamping, "WITHIN_S", PATIENCE_S)
    return Authority(tmp_path / "authority")
