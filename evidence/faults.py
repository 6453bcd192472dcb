"""What does not hold: the place, and in plain words what is wrong there."""

from domain.words.label import Label


class EvidenceError(Exception):
    """The first thing that does not hold.

    Attributes:
        place: where: a part of a bundle, an event, a leaf.
        label: what is wrong, for people.
    """

    def __init__(self, place: str, label: Label) -> None:
        super().__init__(f"{place}: {label.zh} / {label.en}")
        self.place = place
        self.label = label
