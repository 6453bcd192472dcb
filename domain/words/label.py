"""Labels: one sentence, or one word, in two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The same in both languages."""

    zh: str
    en: str
