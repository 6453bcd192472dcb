"""Whom Postgres runs as when root starts it: a user that nothing else runs as, and never the system's `nobody`."""

import os
import pwd
import random
import subprocess
from pathlib import Path

from runtime.processes import User

NAME = "zhishou-db"
#: By its path, for it is not on everybody's.
USERADD = "/usr/sbin/useradd"
#: Ids that systems give to nobody; where no user can be made, one of them does.
_NAMELESS = range(61_200, 64_999)
_OPTIONS = ("--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--no-log-init")


def own_user() -> User:
    """The system's user for it, made at the first start; where that cannot be, an id that nobody has."""
    return _named(NAME) or _made() or _nameless()


def is_own(uid: int) -> bool:
    """Whether it may stay what Postgres runs as: the system's user for it, or an id without a name."""
    own = _named(NAME)
    return not has_name(uid) or (own is not None and own.uid == uid)


def maker_for(user: User | None) -> User | None:
    """Who can make the cluster: `initdb` wants a user with a name."""
    return user if user is None or has_name(user.uid) else nobody()


def nobody() -> User:
    """The user that belongs to everything that has none of its own."""
    entry = pwd.getpwnam("nobody")
    return User(entry.pw_uid, entry.pw_gid)


def has_name(uid: int) -> bool:
    """Whether the system knows a user of this id."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def give(folder: Path, user: User) -> None:
    """To the user, with all that is in it."""
    os.chown(folder, user.uid, user.gid, follow_symlinks=False)
    for path in folder.rglob("*"):
        os.chown(path, user.uid, user.gid, follow_symlinks=False)


def _named(name: str) -> User | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return User(entry.pw_uid, entry.pw_gid)


def _made() -> User | None:
    try:
        subprocess.run([USERADD, *_OPTIONS, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, check=False)
    except OSError:
        return None
    return _named(NAME)  # whatever it answered: another start may have made it just now


def _nameless() -> User:
    taken = {path.stat().st_uid for path in Path("/proc").glob("[0-9]*") if path.exists()}
    uid = random.choice([uid for uid in _NAMELESS if uid not in taken and not has_name(uid)])  # noqa: S311  # no secret
    return User(uid, uid)
