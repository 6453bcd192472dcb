"""What `zhishou doctor` looks at: each check a function that answers with a finding."""

import contextlib
import http.client
import ipaddress
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel
from sqlalchemy import Engine

from channels.mailbox import tried_out
from channels.setup import channels
from cli.findings import Finding, State, listed
from demo.people import PEOPLE
from gateway.stamping import Authority, configured
from runtime.archive import shelf_of
from runtime.embedded.temporal import certificates_of
from runtime.objects import Bucket
from runtime.room import scarce, written
from runtime.settings import Given
from runtime.sign_in_settings import Way
from runtime.temporal_settings import are_guarded
from runtime.words import listed as words
from store.access.review import SOON, UNUSED, Standing, people_called, standing
from store.deliveries.standing import troubled, unreached
from store.migrate import is_current
from store.watch.findings import health, standstills


def of_files(given: Given) -> Iterator[Finding]:
    """Who else on this machine can read what opens something."""
    open_ones = [str(path) for path in _private(given) if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o066]
    way_out = f"chmod go-rw {' '.join(open_ones)}"
    yield listed("files", State.UNSAFE, open_ones, "closed to other users of this machine", "open to others", way_out)


def _private(given: Given) -> list[Path]:
    """The home and what lies in it, the keys, and the file of a secret; public keys may be read."""
    own = [path for path in _inside(given.home) if path.suffix != ".pub"]
    keys = [path for path in _inside(given.key_folder) if path.suffix != ".pub"]
    keys += _inside(certificates_of(given.home))
    secrets = filter(
        None, [given.oidc_client_secret_file, given.mailbox_password_file, *given.chat_files(), *given.secret_files()]
    )
    return list(dict.fromkeys([given.home, *own, given.key_folder, *keys, *secrets]))


def _inside(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def of_room(given: Given) -> Iterator[Finding]:
    """Whether what comes in can be kept."""
    found = [f"{folder} ({free})" for folder, free in scarce(written(given)).items()]
    way_out = "make room, or add some: on a full disk no report is taken and no alarm is raised"
    yield listed("room", State.WARNING, found, "the disks have room", "nearly full", way_out)


def of_addresses(given: Given) -> Iterator[Finding]:
    """Who else in the network can listen."""
    secure = given.cookie_secure or (given.public_url or "").startswith("https:")
    if _is_this_machine(given.host):
        yield Finding("api", State.OK, f"answers on this machine only ({given.host})")
    elif secure:
        yield Finding("api", State.OK, f"answers on {given.host}; cookies go over HTTPS only")
    else:
        way_out = "put a proxy with TLS in front and set ZHISHOU_PUBLIC_URL=https://... , or ZHISHOU_HOST=127.0.0.1"
        yield Finding("api", State.UNSAFE, f"passwords and cookies go in clear to {given.host}:{given.port}", way_out)
    yield _temporal(given)


def _temporal(given: Given) -> Finding:
    """Who shows no credentials there is believed, so its network has to keep others out."""
    if given.temporal_address is None or are_guarded(given.temporal):
        return Finding("temporal", State.OK, "is reached with credentials, over TLS")
    host = given.temporal_address.rpartition(":")[0].strip("[]")
    if _is_this_machine(host):
        found = "asks nobody for credentials: every user of this machine controls every ticket"
        return Finding("temporal", State.WARNING, found, "leave TEMPORAL_ADDRESS out, or set TEMPORAL_TLS_* too")
    inside = "." not in host and ":" not in host
    with contextlib.suppress(ValueError):
        inside = inside or ipaddress.ip_address(host).is_private
    found = f"{host} is reached without TLS, and whoever reaches it controls every ticket"
    way_out = "let only the API and the workers into its network"
    return Finding("temporal", State.WARNING if inside else State.UNSAFE, found, way_out)


def _is_this_machine(host: str) -> bool:
    try:
        return host in {"", "localhost"} or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def of_sign_in(given: Given) -> Iterator[Finding]:
    """Secrets of the environment were looked at when it was read; a sound one says nothing of itself."""
    yield Finding("secrets", State.OK, "none of the environment's is short or an example")
    names = given.providers()
    yield Finding("providers", State.OK, f"people sign in by {', '.join([Way.PASSWORD, *names])}")
    if given.public_url and not given.public_url.startswith("https:") and names:
        way_out = "set ZHISHOU_PUBLIC_URL to an address that begins with https://"
        yield Finding("providers", State.UNSAFE, "the answer of a provider comes back in clear", way_out)


def of_database(engine: Engine, *, embedded: bool) -> Iterator[Finding]:
    """The tables, and who can get in."""
    if not is_current(engine):
        yield Finding("schema", State.WARNING, "the tables are of another version", "run `zhishou prepare`")
        return
    yield Finding("schema", State.OK, "the tables are of this version")
    demo = people_called(engine, {id_: one.name for id_, one in PEOPLE.items()})
    bad = State.WARNING if embedded else State.UNSAFE
    way_out = "fine for trying out; before real use make them inactive"
    yield listed("demo", bad, demo, "no users of the demo", "users of the demo may sign in", way_out)
    yield from _of_people(standing(engine, datetime.now(UTC)))


def of_running(engine: Engine) -> Iterator[Finding]:
    """What the watchdog finds, whether it is there itself, and what the database refused."""
    now = health(engine)
    found = [f"{each.trouble} {each.subject} ({each.reason})" for each in standstills(engine)]
    way_out = "follow the tickets by hand, and look at worker.log and temporal.log"
    yield listed("standing_still", State.WARNING, found, "nothing stands still", "the watchdog finds", way_out)
    way_out = "look at the log of each; the supervisor starts again what died"
    yield listed("parts", State.WARNING, now.silent, "all parts do their work", "silent", way_out)
    aside = [f"{now.set_aside} in all"] if now.set_aside else []
    way_out = "`zhishou aside` shows it, and settles it with --settle"
    yield listed("set_aside", State.WARNING, aside, "nothing is set aside", "refused by the database", way_out)


def of_channels(engine: Engine, given: Given) -> Finding:
    """Whether anybody who has no page open hears of anything."""
    names = [each.way for each in channels(given)]
    if not names:
        return Finding("channels", State.WARNING, "messages leave by no channel", "docs/channels.md; the inbox is all")
    way_out = "`zhishou channels` says why; call whoever must know"
    bad = [f"{way} ({what})" for way, what in troubled(engine, datetime.now(UTC)).items()]
    return listed("channels", State.WARNING, bad, f"messages leave by {', '.join(names)}", "do not leave", way_out)


def of_reach(engine: Engine, given: Given) -> Iterator[Finding]:
    """Whether whoever is called at night hears it."""
    if not (ways := [each.way for each in channels(given)]):
        return
    now = unreached(engine, ways)
    way_out = "`zhishou people change USER --phone NUMBER --email ADDRESS`, or `zhishou people bind`"
    well = "a channel reaches everybody who answers for tickets"
    yield listed("reach", State.WARNING, now.by_none, well, "answer for tickets, and no channel reaches them", way_out)
    well, ill = "nobody who is called lacks a number", "are called, and have no number that a machine could dial"
    yield listed("reach", State.WARNING, now.by_telephone, well, ill, "`zhishou people change USER --phone NUMBER`")


def _of_people(now: Standing) -> Iterator[Finding]:
    yield _administrators(len(now.administrators))
    way_out = "`zhishou password USER`, or make them inactive"
    ways = (now.without_a_way_in, "everybody who is active can sign in", "cannot sign in by any way", way_out)
    yield listed("people", State.WARNING, *ways)
    stale = f"not used for {UNUSED.days} days"
    way_out = "revoke them: `zhishou tokens USER --revoke ID`"
    yield listed("tokens", State.WARNING, now.unused_tokens, "no token lies about unused", stale, way_out)
    later = f"valid for more than {SOON.days} days"
    way_out = "let programs renew their tokens more often"
    yield listed("tokens", State.WARNING, now.long_tokens, f"every token ends within {SOON.days} days", later, way_out)


def _administrators(count: int) -> Finding:
    if not count:
        return Finding("administrators", State.UNSAFE, "there is none: nobody can end anybody's access", "add two")
    if count == 1:
        way_out = "add a second, so that one can be replaced"
        return Finding("administrators", State.WARNING, "there is one", way_out)
    return Finding("administrators", State.OK, f"there are {count}")


class _Readiness(BaseModel):
    """What of `/readyz` matters here."""

    database: bool = False
    temporal: bool = False
    warnings: tuple[str, ...] = ()


def of_readiness(given: Given) -> Iterator[Finding]:
    """What the API itself says."""
    # Not by urllib, which would ask the user's proxy for an address on this machine.
    host = "127.0.0.1" if given.host in {"0.0.0.0", "::"} else given.host  # noqa: S104  # what it listens on
    connection = http.client.HTTPConnection(host, given.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        told = _Readiness.model_validate_json(answer.read())
    except (OSError, ValueError, http.client.HTTPException):
        way_out = "start it with `make run`"
        yield Finding("ready", State.UNCHECKED, f"the API does not answer at {host}:{given.port}", way_out)
        return
    finally:
        connection.close()
    failing = [name for name in ("database", "temporal") if not getattr(told, name)]
    way_out = "look at the logs in ZHISHOU_HOME"
    yield listed("ready", State.WARNING, failing, "tickets can be opened", "not ready", way_out)
    yield listed(
        "warnings", State.WARNING, told.warnings, "nothing is degraded", "degraded", "docs/operations.md, health"
    )


def of_evidence(given: Given) -> Iterator[Finding]:
    """Whether anybody outside would see that the past was written anew."""
    names = [each.split()[1].partition("+")[0] for each in words(given.witnesses)]
    if names:
        yield Finding("evidence", State.OK, f"the archive's log is cosigned by {', '.join(names)}")
    else:
        way_out = "ZHISHOU_WITNESSES, docs/evidence.md; or give checkpoints away"
        yield Finding("evidence", State.UNCHECKED, "nobody outside cosigns the archive's log", way_out)
    if authorities := configured(given):
        broken = [str(each.file) for each in authorities if not _has_roots(each)]
        well = f"the archive's log is stamped by {', '.join(each.called for each in authorities)}"
        yield listed("stamps", State.WARNING, broken, well, "have no root certificates", "ZHISHOU_TIMESTAMPS")


def of_archive(given: Given) -> Iterator[Finding]:
    """Whether the store of the archive, if one is named, can be written and read."""
    shelf = shelf_of(given)
    if isinstance(shelf, Bucket):
        shelf.try_out()
        yield Finding("archive", State.OK, f"{given.archive_store} can be written and read")


def _has_roots(authority: Authority) -> bool:
    try:
        return bool(authority.roots)
    except (OSError, ValueError):
        return False


def of_mailbox(given: Given) -> Iterator[Finding]:
    """Whether customers' mail is read, where it is to be."""
    if not given.reads_mail():
        yield Finding("mailbox", State.OK, "no mailbox is set up: nobody reports by mail")
        return
    way_out = "docs/channels.md; `zhishou channels mailbox` tries again"
    why = tried_out(given)
    bad = [f"{given.mailbox_name} ({why})"] if why else []
    yield listed("mailbox", State.WARNING, bad, f"{given.mailbox_name} can be read", "cannot be read", way_out)
    if not given.trusted_servers():
        what = "no server is trusted to say where mail comes from: every sender is a caller who is not known"
        yield Finding("senders", State.UNCHECKED, what, "ZHISHOU_MAILBOX_TRUSTS, docs/channels.md")


def of_chats(given: Given) -> Iterator[Finding]:
    """Whether people can write to robots, where they are to: the products find us at a public address alone."""
    if not (products := given.chats()):
        yield Finding("chat", State.OK, "no robot is set up: nobody reports by chat")
    elif given.public_url is None or not given.public_url.startswith("https://"):
        what = f"{', '.join(products)} post to a public address by HTTPS, and none is set up"
        yield Finding("chat", State.WARNING, what, "ZHISHOU_PUBLIC_URL, docs/channels.md")
    else:
        places = ", ".join(f"{given.public_url}/api/chat/{each}" for each in products)
        yield Finding("chat", State.OK, f"messages are taken at {places}")


Check = Callable[[Given], Iterator[Finding]]
#: Those that need no database.
OUTSIDE: tuple[Check, ...] = (
    of_files,
    of_room,
    of_addresses,
    of_sign_in,
    of_mailbox,
    of_chats,
    of_evidence,
    of_archive,
)
