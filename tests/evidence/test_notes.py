"""Signed notes and checkpoints: as others write and read them, by old and new keys, and no byte is free."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from evidence import checkpoint, notes
from evidence.checkpoint import Checkpoint
from evidence.faults import EvidenceError
from evidence.notes import Note, PublicKey
from tests.evidence.test_merkle import VECTORS

#: The example of Go's package `note`, where the format comes from.
_PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
_HIS_NOTE = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
_NAME = "example.org/log"
_OLD, _NEW, _STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32) for number in range(3))
_STATE = Checkpoint(_NAME, 7, bytes(range(32)))


def known(*keys: Ed25519PrivateKey) -> list[PublicKey]:
    return [notes.public(_NAME, key) for key in keys]


def test_the_example_of_the_format_verifies_and_is_written_as_it_was():
    key = PublicKey.parse(_PETER)
    assert str(key) == _PETER
    note = Note.parse(_HIS_NOTE.encode())
    assert note.signed_by([key]) == [key]
    assert bytes(note) == _HIS_NOTE.encode()


def test_a_checkpoint_of_an_independent_log_with_the_line_of_a_witness_opens():
    case = VECTORS["sizes"][-1]
    found = checkpoint.opened(VECTORS["checkpoint"].encode(), [PublicKey.parse(VECTORS["vkey"])])
    assert (found.origin, found.size, notes.based(found.root)) == (_NAME, case["size"], case["root"])


def test_ours_is_signed_byte_for_byte_as_theirs():
    case = VECTORS["sizes"][-1]
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    ours = checkpoint.sign(Checkpoint(_NAME, case["size"], notes.unbased(case["root"]) or b""), key).decode()
    assert VECTORS["checkpoint"].startswith(ours)
    assert str(notes.public(_NAME, key)) == VECTORS["vkey"]


@pytest.mark.parametrize("signing", [(_OLD,), (_NEW,), (_OLD, _NEW)], ids=["old", "new", "both"])
def test_what_old_keys_signed_is_verified_by_old_keys(signing: tuple[Ed25519PrivateKey, ...]):
    assert checkpoint.opened(checkpoint.sign(_STATE, *signing), known(_NEW, _OLD)) == _STATE


def test_a_strangers_signature_does_not_count():
    with pytest.raises(EvidenceError, match="no key that is known"):
        checkpoint.opened(checkpoint.sign(_STATE, _STRANGER), known(_OLD, _NEW))


def test_a_key_that_signs_in_another_name_is_not_the_logs():
    signed = notes.sign(str(_STATE), "example.org/other", _OLD)
    with pytest.raises(EvidenceError, match="no key that is known"):
        checkpoint.opened(signed, [notes.public("example.org/other", _OLD)])


def test_a_line_that_is_there_twice_is_refused():
    signed = checkpoint.sign(_STATE, _OLD)
    line = signed.splitlines(keepends=True)[-1]
    with pytest.raises(EvidenceError, match="is false"):
        checkpoint.opened(signed + line, known(_OLD))


@given(st.data())
def test_no_byte_of_a_signed_checkpoint_is_free(data: st.DataObject):
    signed = checkpoint.sign(_STATE, _OLD)
    at, other = data.draw(st.integers(0, len(signed) - 1)), data.draw(st.integers(1, 255))
    changed = signed[:at] + bytes([signed[at] ^ other]) + signed[at + 1 :]
    for each in (changed, signed[:at], signed[:at] + signed[at + 1 :], signed + b"\n", b"\n" + signed):
        with pytest.raises(EvidenceError):
            checkpoint.opened(each, known(_OLD))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        f"a\n01\n{notes.based(bytes(32))}\n",
        f"a\n1\n{notes.based(bytes(31))}\n",
        "a\n-1\nAA==\n",
        f"a\n{'9' * 9_999}\n{notes.based(bytes(32))}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str):
    with pytest.raises(EvidenceError, match="no checkpoint"):
        Checkpoint.parse(text)


@pytest.mark.parametrize("words", ["", "a", _PETER.replace("c74f20a3", "c74f20a4"), _PETER[:-1], "a b" + _PETER])
def test_what_is_no_key_is_refused(words: str):
    with pytest.raises(EvidenceError, match="public key"):
        PublicKey.parse(words)
