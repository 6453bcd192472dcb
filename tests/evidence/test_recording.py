"""Recording: changes of the registry and attachments are in the log once; who alters or removes one is found."""

import hashlib
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, delete, insert, text, update

from domain.audience.watch import Trouble
from domain.people.actors import Role
from domain.words.label import Label
from evidence import leaves
from evidence.leaves import ChangeLeaf, FileLeaf
from gateway.archiving import keep
from gateway.recording import Registry, held
from runtime.archive import Archive
from runtime.blobs import Blobs
from store.database import connect
from store.models import AttachmentRow, CustomerRow, RegistryChangeRow
from store.watch.findings import open_subjects
from tests.evidence.samples import archive, home_of, leaf

_PHOTO = b"a photo"


@pytest.fixture(scope="module")
def engine(demo_database_url: str) -> Iterator[Engine]:
    engine = connect(demo_database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def kept(store: None, tmp_path: Path) -> Archive:
    """With a history in it, as logs have that are older than what is recorded here."""
    made = archive(tmp_path)
    keep(made, [leaf("A", "1")], datetime.now(UTC))
    return made


@pytest.fixture
def registry(engine: Engine, tmp_path: Path) -> Registry:
    return Registry(engine, Blobs(tmp_path / "uploads"))


def entries(kept: Archive) -> list[leaves.AnyLeaf]:
    size = kept.log.size
    return [leaves.parsed(entry) for entry in kept.log.entries(0, size)]


def bring(registry: Registry, number: str) -> str:
    """A photo, as the API takes it; its id."""
    incoming = registry.blobs.receive()
    incoming.write(_PHOTO)
    id_, sha256 = uuid.uuid4().hex, incoming.keep()
    row = {"id": id_, "ticket": number, "sha256": sha256, "size": len(_PHOTO), "media_type": "image/jpeg"}
    row |= {"name": "机房.jpg", "uploaded_by": "engineer", "role": Role.ENGINEER, "uploaded_at": datetime.now(UTC)}
    with registry.engine.begin() as connection:
        connection.execute(insert(AttachmentRow).values(**row))
    return id_


def rename(registry: Registry, name: str) -> None:
    with registry.engine.begin() as connection:
        connection.execute(update(CustomerRow).where(CustomerRow.id == "demo-fuao").values(name=name))


@contextmanager
def without_guard(engine: Engine) -> Iterator[Connection]:
    """As somebody who has the database, and may do with it what they like."""
    with engine.begin() as connection:
        for how in ("DISABLE", "ENABLE"):
            for table in ("registry_change", "upload"):
                connection.execute(text(f"ALTER TABLE {table} {how} TRIGGER USER"))
            if how == "DISABLE":
                yield connection


def look(kept: Archive, registry: Registry) -> set[str]:
    """What is found in as many looks as it takes to see all of the log."""
    registry._held = 0
    while registry._held < kept.log.size:
        registry.look(kept, datetime.now(UTC))
    return open_subjects(registry.engine, Trouble.ALTERED)


class TestRecording:
    def test_puts_each_change_and_each_attachment_in_the_log_once(self, kept: Archive, registry: Registry):
        now, number = datetime.now(UTC), uuid.uuid4().hex
        id_ = bring(registry, number)
        assert registry.take(kept, now) > 1
        assert registry.take(kept, now) == 0
        assert Registry(registry.engine, registry.blobs).take(archive(home_of(kept)), now) == 0
        there = entries(kept)
        changes = [each.id for each in there if isinstance(each, ChangeLeaf)]
        assert len(changes) == len(set(changes))
        assert kept.files(number) == [(there.index(each), each) for each in there if each.name == id_]
        sha256 = hashlib.sha256(_PHOTO).hexdigest()
        assert FileLeaf(id_, number, "engineer", sha256, len(_PHOTO)) in there
        rename(registry, uuid.uuid4().hex)
        bring(registry, number)
        assert registry.take(kept, now) == 3  # the change, the attachment, and that on the record

    def test_finds_a_change_that_was_committed_after_a_later_one(self, kept: Archive, registry: Registry):
        """Numbers are given out when a change is made, and seen when its transaction ends."""
        with registry.engine.connect() as slow, slow.begin():
            slow.execute(update(CustomerRow).where(CustomerRow.id == "demo-sitech").values(name=uuid.uuid4().hex))
            rename(registry, uuid.uuid4().hex)
            registry.take(kept, datetime.now(UTC))
        assert registry.take(kept, datetime.now(UTC)) == 1

    def test_looks_at_what_is_old_from_time_to_time_only(self, kept: Archive, registry: Registry):
        later = datetime.now(UTC) + timedelta(hours=2)
        rename(registry, uuid.uuid4().hex)
        registry.take(kept, later)
        before = registry._settled
        assert before == max(each.id for each in entries(kept) if isinstance(each, ChangeLeaf))
        registry._settled = before + 10**6
        rename(registry, uuid.uuid4().hex)
        assert registry.take(kept, later + timedelta(hours=23)) == 0
        assert registry.take(kept, later + timedelta(hours=25)) == 1

    def test_goes_on_in_a_log_whose_index_is_of_an_older_form(self, kept: Archive, registry: Registry):
        old = "CREATE TABLE leaf (position INTEGER PRIMARY KEY, number TEXT, run TEXT, ended INTEGER, hash BLOB)"
        with kept.index._open() as there:
            there.executescript(f"DROP TABLE leaf; {old}; PRAGMA user_version = 0")
        assert registry.take(kept, datetime.now(UTC)) > 0
        assert (kept.index.of("A"), kept.index.ended({"1"})) == ([0], {"1"})


class TestWhatIsRecorded:
    def test_holds_as_long_as_nobody_touches_it(self, kept: Archive, registry: Registry):
        bring(registry, "T2")
        registry.take(kept, datetime.now(UTC))
        at, among, found = held(kept, registry.engine, registry.blobs, most=10**6)
        files = {called for called in found if "attachment" in called}
        assert (at, len(among)) == (kept.log.size, kept.log.size)
        assert found.keys() == files  # those of other tests, whose files lie elsewhere
        assert not any(called.startswith("T2") for called in found)

    @pytest.mark.parametrize("how", ["altered", "removed"])
    def test_and_is_another_since_is_found_by_its_number_and_told(self, kept: Archive, registry: Registry, how: str):
        rename(registry, uuid.uuid4().hex)
        registry.take(kept, datetime.now(UTC))
        last = max(each.id for each in entries(kept) if isinstance(each, ChangeLeaf))
        with without_guard(registry.engine) as connection:
            which = RegistryChangeRow.id == last
            if how == "altered":
                connection.execute(update(RegistryChangeRow).where(which).values(person="somebody else"))
            else:
                connection.execute(delete(RegistryChangeRow).where(which))
        assert f"registry change {last}" in look(kept, registry)

    @pytest.mark.parametrize("how", ["altered", "removed", "swapped", "lost", "unreadable"])
    def test_and_was_brought_to_a_ticket_is_found_when_it_is_not_that(
        self, kept: Archive, registry: Registry, how: str
    ):
        id_ = bring(registry, "T3")
        registry.take(kept, datetime.now(UTC))
        file = registry.blobs.path(hashlib.sha256(_PHOTO).hexdigest())
        with without_guard(registry.engine) as connection:
            which = AttachmentRow.id == id_
            if how == "altered":
                connection.execute(update(AttachmentRow).where(which).values(ticket="T4"))
            elif how == "removed":
                connection.execute(delete(AttachmentRow).where(which))
            elif how == "swapped":
                file.write_bytes(b"b photo")
            else:
                file.unlink()
                if how == "unreadable":
                    file.mkdir()
        assert f"T3 attachment {id_}" in look(kept, registry)

    def test_and_was_removed_with_its_ticket_on_record_is_no_trouble(self, kept: Archive, registry: Registry):
        """As the demo's are."""
        id_ = bring(registry, "T5")
        registry.take(kept, datetime.now(UTC))
        with registry.engine.begin() as connection:
            connection.execute(delete(AttachmentRow).where(AttachmentRow.id == id_))
        assert f"T5 attachment {id_}" not in look(kept, registry)

    def test_and_was_moved_to_a_ticket_that_never_was_before_it_was_removed_is_found(
        self, kept: Archive, registry: Registry
    ):
        """Whoever has the database makes it look as if it went with its ticket."""
        id_ = bring(registry, "T7")
        registry.take(kept, datetime.now(UTC))
        with registry.engine.begin() as connection:
            connection.execute(update(AttachmentRow).where(AttachmentRow.id == id_).values(ticket="T8"))
            connection.execute(delete(AttachmentRow).where(AttachmentRow.id == id_))
        assert f"T7 attachment {id_}" in look(kept, registry)

    def test_is_looked_at_piece_by_piece_and_over_when_it_holds_again(self, kept: Archive, registry: Registry):
        id_ = bring(registry, "T6")
        registry.take(kept, datetime.now(UTC))
        folder = home_of(kept) / "uploads"
        shutil.move(folder, folder.with_name("away"))
        at, seen, found = 0, list[str](), dict[str, Label]()
        while not at or at < kept.log.size:
            at, among, wrong = held(kept, registry.engine, registry.blobs, at, most=7)
            seen, found = seen + among, found | wrong
        assert len(seen) == kept.log.size
        assert found[f"T6 attachment {id_}"].en == "the file is lost"
        assert f"T6 attachment {id_}" in look(kept, registry)
        shutil.move(folder.with_name("away"), folder)
        assert f"T6 attachment {id_}" not in look(kept, registry)
