"""Throttle: after some failures in a row each further attempt to sign in has to wait, twice as long each time.

Whoever knows a user's name can make strangers wait, but not a browser that has signed in as that user before: its
failures are counted by themselves.
"""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from store.access.digests import digest, new_secret
from store.models import DeviceRow, SignInFailureRow

#: No row of failures counts for longer.
_KEPT = timedelta(days=1)
#: How long a browser stays known that nobody signs in with.
DEVICE_LASTS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, how many failures cost nothing, the longest wait, and the quiet that ends a row of failures."""

    key: str
    free: int = 5
    longest: timedelta = timedelta(minutes=15)
    forgotten: timedelta = _KEPT

    def wait(self, failures: int) -> timedelta:
        """How long the next attempt has to wait after so many failures: nothing, then 1 s, 2 s, 4 s, ..."""
        if failures < self.free:
            return timedelta(0)
        return min(timedelta(seconds=2 ** min(failures - self.free, 20)), self.longest)


def of_sign_in(user: str, address: str, device: str | None) -> tuple[Measure, ...]:
    """What an attempt counts for; ``device``: the cookie of a browser that is known for this user.

    Many people may share an address, so it bears more, waits less and forgets sooner.
    """
    if device is not None:
        return (Measure(digest(f"device {digest(device)} {user}")),)
    return (
        Measure(digest(f"user {user}")),
        _shared(f"address {_holder(address)}"),
    )


def of_change(user: str) -> tuple[Measure, ...]:
    """What an attempt to change one's password counts for."""
    return (Measure(digest(f"change {user}")),)


def of_flow(address: str) -> tuple[Measure, ...]:
    """What going out to an identity provider counts for: each leaves a row until somebody comes back."""
    return (_shared(f"flow {_holder(address)}"),)


def of_code(code: str, address: str) -> tuple[Measure, ...]:
    """What looking for the code of a link counts for: somebody mistypes twice, and who guesses waits."""
    return Measure(digest(f"code {code}")), replace(_shared(f"codes {_holder(address)}"), free=10)


def _holder(address: str) -> str:
    """Whose address it is: who has one of IPv6 has the 2^64 beside it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


def _shared(what: str) -> Measure:
    return Measure(digest(what), free=100, longest=timedelta(minutes=1), forgotten=timedelta(hours=1))


def admit(engine: Engine, measures: Sequence[Measure], now: datetime) -> timedelta | None:
    """None: the attempt may be made, and counts as failed until `forgive`. Otherwise how long it has to wait.

    Counting before the password is looked at leaves nothing to be gained by many attempts at once.
    """
    with engine.begin() as connection:
        counts = _locked(connection, measures, now)
        until: datetime = max(row.blocked_until for row in counts.values())
        if until > now:
            return until - now
        for measure in measures:
            row = counts[measure.key]
            failures = 1 if row.last_at + measure.forgotten <= now else row.failures + 1
            values = {"failures": failures, "last_at": now, "blocked_until": now + measure.wait(failures)}
            connection.execute(update(SignInFailureRow).where(SignInFailureRow.key == measure.key).values(values))
    return None


def _locked(connection: Connection, measures: Sequence[Measure], now: datetime) -> dict[str, Row[Any]]:
    """The rows of the measures, by key, made where missing; nobody else changes them meanwhile."""
    connection.execute(delete(SignInFailureRow).where(SignInFailureRow.last_at < now - _KEPT))
    keys = sorted(measure.key for measure in measures)
    fresh = [{"key": key, "failures": 0, "last_at": now, "blocked_until": now} for key in keys]
    connection.execute(insert(SignInFailureRow).on_conflict_do_nothing(), fresh)
    table = SignInFailureRow.__table__
    rows = connection.execute(select(table).where(table.c.key.in_(keys)).order_by(table.c.key).with_for_update())
    return {row.key: row for row in rows}


def forgive(engine: Engine, measures: Sequence[Measure]) -> None:
    """The attempt succeeded, so that the row of failures is over; an address keeps its own, less this one."""
    own, *shared = measures
    with engine.begin() as connection:
        connection.execute(delete(SignInFailureRow).where(SignInFailureRow.key == own.key))
        keys = [measure.key for measure in shared]
        one_less = {"failures": SignInFailureRow.failures - 1, "blocked_until": SignInFailureRow.last_at}
        connection.execute(update(SignInFailureRow).where(SignInFailureRow.key.in_(keys)).values(one_less))


def is_known(engine: Engine, device: str, user: str, now: datetime) -> bool:
    """Whether the browser has signed this user in before."""
    its = (DeviceRow.hash == digest(device), DeviceRow.person_id == user, DeviceRow.expires_at > now)
    with engine.connect() as connection:
        return connection.scalar(select(DeviceRow.hash).where(*its)) is not None


def remember(engine: Engine, device: str | None, user: str, now: datetime) -> str:
    """Know the browser for this user from now on; answers its cookie, which is new unless we gave it the one it has."""
    with engine.begin() as connection:
        connection.execute(delete(DeviceRow).where(DeviceRow.expires_at <= now))
        ours = device and connection.scalar(select(DeviceRow.hash).where(DeviceRow.hash == digest(device)).limit(1))
        kept = device if device and ours else new_secret()
        values = {"hash": digest(kept), "person_id": user, "expires_at": now + DEVICE_LASTS}
        renewed = insert(DeviceRow).values(values)
        connection.execute(renewed.on_conflict_do_update(constraint="pk_device", set_=values))
    return kept


def forget(engine: Engine, user: str) -> None:
    """No browser is known for the user any more, and strangers' failures are forgotten."""
    with engine.begin() as connection:
        connection.execute(delete(DeviceRow).where(DeviceRow.person_id == user))
        connection.execute(delete(SignInFailureRow).where(SignInFailureRow.key == digest(f"user {user}")))
