"""Labels: one sentence, or one word, in two languages."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages of screens, messages and documents; Chinese is the first."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Label:
    """The same in both languages."""

    zh: str
    en: str

    def to(self, language: Language) -> str:
        """What it is in that language."""
        return self.zh if language is Language.ZH else self.en

    def filled(self, **values: object) -> "Label":
        """With the fields in braces filled in, the same in both languages."""
        return Label(self.zh.format_map(values), self.en.format_map(values))

    def as_json(self) -> dict[str, str]:
        """As it travels, language by language."""
        return {language.value: self.to(language) for language in Language}
