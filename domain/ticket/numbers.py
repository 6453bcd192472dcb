"""Ticket numbers: eight characters that are easy to read out, taken from a hash."""

from collections.abc import Iterator

#: Without 0 and O, 1, I and L, and U, which sounds like V on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def numbers(key_hash: str) -> Iterator[str]:
    """The numbers of a key, from its hash in hexadecimal: the first, then those for when another key has it already."""
    left = int(key_hash, 16)
    while left >= len(ALPHABET) ** LENGTH:
        number = ""
        for _ in range(LENGTH):
            left, digit = divmod(left, len(ALPHABET))
            number += ALPHABET[digit]
        yield number
