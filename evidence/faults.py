"""What does not hold: the place, and in plain words what is wrong there."""

from domain.words.label import Label


class EvidenceError(Exception):
    """The first thing that does not hold.

    Attributes:
        place: where: a part of a bundle, an event, a leaf.
        label: what is wrong, for people.
        event: of a history, by its id; None: it is about no single one.
    """

    def __init__(self, place: str, label: Label, event: int | None = None) -> None:
        self.place = place if event is None else f"{place}, event {event}"
        self.label = label
        self.event = event
        super().__init__(f"{self.place}: {label.zh} / {label.en}")


def hold(condition: object, place: str, wrong: Label, event: int | None = None) -> None:
    """It does, or that is said of the place.

    Raises:
        EvidenceError: it does not.
    """
    if not condition:
        raise EvidenceError(place, wrong, event)
