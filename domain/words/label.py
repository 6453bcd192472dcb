"""Labels: one sentence, or one word, in two languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages of screens, messages and documents; Chinese is the first."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """The same in both languages. Stored in histories."""

    zh: str
    en: str

    @classmethod
    def from_json(cls, told: Mapping[str, str]) -> "Label":
        """From how it travels; a language that is not there is empty."""
        return cls(*(told.get(language, "") for language in Language))

    def to(self, language: Language) -> str:
        """What it is in that language."""
        return self.zh if language is Language.ZH else self.en

    def filled(self, **values: object) -> "Label":
        """With the fields in braces filled in: a label's in each language, any other value in both."""
        return Label(*(self.to(language).format_map(_Spoken(values, language)) for language in Language))

    def followed_by(self, more: "Label") -> "Label":
        """One sentence after the other, with a space where the language has one."""
        return Label(self.zh + more.zh, f"{self.en} {more.en}")

    def as_json(self) -> dict[str, str]:
        """As it travels, language by language."""
        return {language.value: self.to(language) for language in Language}


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Values in one language, each when it is asked for: a sentence names few of the fields that it could."""

    values: Mapping[str, object]
    language: Language

    def __getitem__(self, name: str) -> object:
        value = self.values[name]
        return value.to(self.language) if isinstance(value, Label) else value


#: What may stand there.
ONE_OF = Label("可选值：{words}", "must be one of {words}")


def listed(words: Iterable[str]) -> Label:
    """Words that are the same in both languages, one after the other."""
    found = tuple(words)
    return Label("、".join(found), ", ".join(found))


def in_words(labels: Iterable[Label]) -> "Label | None":
    """Labels, one after the other; None: there are none."""
    found = tuple(labels)
    return Label("、".join(each.zh for each in found), ", ".join(each.en for each in found)) if found else None


def in_a_row(labels: Iterable[Label]) -> Label:
    """Labels, one after the other, as one sentence's end."""
    found = in_words(labels)
    return Label(f"{found.zh}。", f"{found.en}.") if found else listed(())


def one_of(words: Iterable[str]) -> Label:
    """What may stand there: one of these words."""
    return ONE_OF.filled(words=listed(words))
