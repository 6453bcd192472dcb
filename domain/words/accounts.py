"""Accounts: how a sentence names somebody by account, so that whoever knows the people can say what they are called.

What a ticket records knows no names: it says “tech”, in quotation marks; a reader's document says 马俊峰（tech）.
"""

import re
from collections.abc import Mapping

from domain.words.label import Label

_ACCOUNT = re.compile(r"“([a-z0-9][a-z0-9._-]*)”")


def account(id_: str) -> str:
    """Somebody, as a sentence that knows no names says it."""
    return f"“{id_}”"


def accounts_in(words: Label) -> list[str]:
    """The accounts that a sentence names."""
    return _ACCOUNT.findall(words.zh)


def with_names(words: Label, names: Mapping[str, str]) -> Label:
    """The sentence with a name beside each account that has one."""

    def called(text: str, form: str) -> str:
        return _ACCOUNT.sub(lambda each: form.format(names[each[1]], each[1]) if each[1] in names else each[0], text)

    return Label(called(words.zh, "{}（{}）"), called(words.en, "{} ({})"))
