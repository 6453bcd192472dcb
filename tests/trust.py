"""The installation that tests speak for: its signing key, in a folder that goes with the process."""

import atexit
import shutil
import tempfile
from pathlib import Path

from runtime.signing import Signer

KEYS = Path(tempfile.mkdtemp(prefix="zhishou-keys-"))
atexit.register(shutil.rmtree, KEYS, ignore_errors=True)
SIGNER = Signer.of(KEYS)
