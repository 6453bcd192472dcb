"""`zhishou rehearse`: an emergency practised on a whole installation, with the messages that would really go out."""

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import String, cast, create_engine, or_, select

from store.models import NotificationRow
from tests.patience import PATIENCE_S
from tests.runtime.conftest import Installations
from tests.runtime.test_run import RUN


def test_says_who_would_be_told_what_and_tells_nobody(installations: Installations, home: Path):
    """Nobody takes a report of level A: two minutes later the duty manager hears it, and so on to the breach."""
    settings = installations.start_and_wait(home, module=RUN).settings
    command = [sys.executable, "-m", "cli", "rehearse", "--contract", "sitech", "--level", "A", "--hours", "0.5"]
    environment = os.environ | {"ZHISHOU_HOME": str(home)}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=4 * PATIENCE_S)
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert "alarm_raised unowned 000-03" in said
    assert "→ duty (duty_manager" in said
    assert ") [inbox]: 还没有人接单：演练，应急演练。" in said, "without a channel nothing leaves"
    assert "响应已超时：演练，应急演练。" in said
    number = said.split()[2].rstrip(":")
    assert number in said.splitlines()[0]
    of_the_drill = NotificationRow.ticket == number
    # The demo's own tickets go on meanwhile; a message about no ticket would still name the drill.
    said_in = (cast(column, String) for column in (NotificationRow.title, NotificationRow.about))
    names_it = or_(*(column.contains("演练") for column in said_in))
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        assert connection.scalars(select(NotificationRow.id).where(of_the_drill | names_it)).all() == []
    engine.dispose()
