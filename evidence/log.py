"""The log of an archive: tiles and a signed checkpoint on a shelf. It only grows, and nothing is signed on top of what
does not hold.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.words.label import Label
from evidence import checkpoint, merkle, notes, tiles
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.merkle import Subtree
from evidence.notes import Note, PublicKey
from evidence.shelf import Shelf

HEAD = "checkpoint"
#: What is signed of a state that may never be: this before it, so that it is no checkpoint to anybody.
_STEP = "step\n"


@dataclass(frozen=True, slots=True)
class Head:
    """A state of the log, and the note in which it is signed."""

    checkpoint: Checkpoint
    note: bytes


@dataclass(frozen=True, slots=True)
class _Grown:
    """A state that the log may have next, and the tiles that are new or wider then."""

    tiles: dict[str, bytes]
    state: Checkpoint


class Log:
    """Read by whoever has the public keys, written by whoever has the private one."""

    def __init__(self, shelf: Shelf, origin: str, keys: Sequence[PublicKey]) -> None:
        self._shelf = shelf
        self._origin = origin
        self._keys = keys

    def head(self) -> Head | None:
        """How it stands; None: nothing is in it yet.

        Raises:
            EvidenceError: none of our keys has signed that, or it is of another log.
        """
        try:
            note = self._shelf.get(HEAD)
        except KeyError:
            return None
        found = checkpoint.opened(note, self._keys)
        if found.origin != self._origin:
            raise EvidenceError(HEAD, Label("检查点属于另一份日志", "the checkpoint is that of another log"))
        return Head(found, note)

    @property
    def size(self) -> int:
        """How many entries it has."""
        head = self.head()
        return head.checkpoint.size if head else 0

    def entries(self, start: int, size: int) -> Iterator[bytes]:
        """Those from there on, in a log of that size."""
        for index in range(start // tiles.WIDTH, -(-size // tiles.WIDTH)):
            yield from self._tile(index, size)[max(0, start - index * tiles.WIDTH) :]

    def entry(self, index: int, size: int) -> bytes:
        """That one."""
        return self._tile(index // tiles.WIDTH, size)[index % tiles.WIDTH]

    def subtrees(self, size: int) -> Subtree:
        """What proofs are made of."""
        return tiles.subtrees(self._read, size)

    def has_been(self, *states: Checkpoint) -> None:
        """It stood at each of these once, and so each larger one continues the smaller.

        Raises:
            EvidenceError: which it never was.
        """
        size = self.size
        subtrees = self.subtrees(size)
        for state in states:
            known = state.origin == self._origin and state.size <= size
            if not known or merkle.root(subtrees, state.size) != state.root:
                never = f"the log has never stood at {state.size} entries with that root"
                raise EvidenceError(HEAD, Label(f"日志从未在 {state.size} 条时有过这个根", never))

    def append(self, day: str, key: Ed25519PrivateKey, new: Callable[[int], Sequence[bytes]]) -> Head | None:
        """Add what ``new`` answers when it is told the size, and sign.

        Of each size there is one step that leads on: the one that was put first. Whoever finds it takes it, the one who
        put it or, after a crash or on another machine, the next who adds. So the log never forks, and until the
        checkpoint is in its place nothing has happened.

        Raises:
            EvidenceError: what is there does not hold.
        """
        with self._shelf.alone():
            while True:
                head = self._sound()
                size = head.checkpoint.size if head else 0
                added = new(size)
                if not added:
                    return head
                grown = self._grown(size, added)
                ours = self._step(key, grown, added)
                step = self._shelf.first(_place(size), ours)
                taken = self._taken(head, grown if step == ours else self._agreed(size, step), day, key)
                if taken and step == ours:
                    return taken

    def _sound(self) -> Head | None:
        """How it stands, once all on which the next entries are put holds."""
        head = self.head()
        size = head.checkpoint.size if head else 0
        if head and merkle.root(self.subtrees(size), size) != head.checkpoint.root:
            broken = Label("日志的数据块与检查点不符", "the tiles of the log are not those of its checkpoint")
            raise EvidenceError("tile", broken)
        if size % tiles.WIDTH:
            self._tile(size // tiles.WIDTH, size)
        return head

    def _step(self, key: Ed25519PrivateKey, grown: _Grown, added: Sequence[bytes]) -> bytes:
        """What is to lead there: the state, signed as a step alone, and the entries."""
        return tiles.framed(notes.sign(_STEP + str(grown.state), self._origin, key), *added)

    def _agreed(self, size: int, step: bytes) -> _Grown:
        """How the log grows from that size by the step of somebody else, once that is ours."""
        said, *added = tiles.unframed(_place(size), step) or [b""]
        grown, vouched = self._grown(size, added), Note.parse(said)
        if vouched.text != _STEP + str(grown.state) or not vouched.signed_by(self._keys):
            raise EvidenceError(_place(size), Label("下一步与签名不符", "the next step is not what was signed"))
        return grown

    def _grown(self, size: int, added: Sequence[bytes]) -> _Grown:
        made, total = tiles.grown(self._read, size, added), size + len(added)
        subtrees = tiles.subtrees(lambda path: made.get(path) or self._read(path), total)
        return _Grown(made, Checkpoint(self._origin, total, merkle.root(subtrees, total)))

    def _taken(self, head: Head | None, grown: _Grown, day: str, key: Ed25519PrivateKey) -> Head | None:
        """How the log stands after that step from there; None: it stands elsewhere meanwhile."""
        size, state = head.checkpoint.size if head else 0, grown.state
        place = _place(size)
        if self.size != size:  # another step was taken from there, and this one was put too late
            self._shelf.drop(place)
            return None
        for path, tile in grown.tiles.items():
            self._shelf.put(path, tile)
        note = checkpoint.sign(state, key)
        if not self._shelf.replace(HEAD, head.note if head else None, note):
            return None
        self._shelf.put(f"checkpoints/{day}", note)  # the last of each day remains
        for path in set(tiles.edge(size)) - set(tiles.edge(state.size)):
            self._shelf.drop(path)  # a wider one is there
        self._shelf.drop(place)
        return Head(state, note)

    def _tile(self, index: int, size: int) -> list[bytes]:
        """The entries of a tile, once their hashes are those of the tree."""
        place, hashed = (tiles.path(kind, index, size) for kind in (tiles.ENTRIES, 0))
        entries = tiles.split(place, self._read(place))
        if [merkle.leaf_hash(entry) for entry in entries] != tiles.hashes(hashed, self._read(hashed)):
            raise EvidenceError(
                place, Label("日志的条目与其哈希不符", "entries of the log are not what their hashes say")
            )
        return entries

    def _read(self, path: str) -> bytes:
        try:
            return self._shelf.get(path)
        except KeyError:
            return self._cut(path)
        except OSError as error:
            raise EvidenceError(path, Label("日志的这一块无法读取", "this tile of the log cannot be read")) from error

    def _cut(self, path: str) -> bytes:
        """That tile out of a wider one, where the log has gone on since somebody read its size."""
        full, partial, _ = path.partition(".p/")
        for wider in [full, *self._shelf.list(f"{full}.p")] if partial else []:
            with suppress(KeyError, OSError, EvidenceError):
                return tiles.cut(path, wider, self._shelf.get(wider))
        raise EvidenceError(path, Label("日志缺少这一块", "this tile of the log is missing"))


def _place(size: int) -> str:
    """Where the step lies that leads on from that size."""
    return f"steps/{size}"


def origin_of(key: Ed25519PrivateKey) -> str:
    """What a new log is called: by its first key, whichever sign later."""
    return f"zhishou/{notes.public('zhishou', key).raw.hex()[:16]}"
