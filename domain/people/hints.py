"""Hints: of an address so much that whoever has it knows it again, and nobody else could use it."""

#: Of a telephone number so many digits are shown, the last.
_SHOWN = 4


def hint(address: str) -> str:
    """Of a mail its first letter and where it is: l…@example.com; of a number its end: …5678."""
    name, _, host = address.rpartition("@")
    if host and name:
        return f"{name[0]}…@{host}"
    digits = [each for each in address if each.isdigit()]
    return f"…{''.join(digits[-_SHOWN:])}"
