"""Saying: what somebody is told, in two languages."""

from dataclasses import dataclass

from domain.words.label import Label


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody is told. ``action``: what they are asked to do; None: they are informed."""

    title: Label
    text: Label
    action: Label | None = None

    def filled(self, **values: object) -> "Sentence":
        """With the fields in braces filled in; an English sentence begins with a capital."""
        title, text = (_capital(label.filled(**values)) for label in (self.title, self.text))
        return Sentence(title, text, self.action and _capital(self.action.filled(**values)))

    def with_more(self, more: "Sentence") -> "Sentence":
        """With what else the same act brought."""
        text = self.text.followed_by(_ALSO.filled(title=more.title))
        return Sentence(self.title, text, self._asking_too(more))

    def _asking_too(self, more: "Sentence") -> Label | None:
        """What both ask for, each thing once."""
        if self.action is None or more.action is None or more.action.zh in self.action.zh:
            return self.action
        return self.action.followed_by(more.action)


_ALSO = Label("另：{title}。", "Also: {title}.")


def _capital(label: Label) -> Label:
    return Label(label.zh, label.en[:1].upper() + label.en[1:])
