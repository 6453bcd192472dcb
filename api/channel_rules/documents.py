"""Rules of channels, as they hold and as they are laid down."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Self

from api.http.documents import Document
from domain.audience.reaching import RULES, Rule, Urgency, Way
from domain.people.actors import Role


class RuleDocument(Document):
    """By which channels messages of an urgency leave. ``role``: for it alone; null: for every other.

    ``second``: if none of the first has delivered it within ``after_min`` minutes. ``fixed``: nobody refuses any of
    them. ``quiet``: they wait for the end of quiet hours, of whoever is off duty. ``laid_down``: by the company;
    otherwise it is what holds without.
    """

    urgency: Urgency
    role: Role | None
    first: tuple[Way, ...]
    second: tuple[Way, ...]
    after_min: int
    fixed: bool
    quiet: bool
    laid_down: bool


class RulesDocument(Document):
    """All that hold, the most urgent first. ``ways``: the channels that the installation has set up."""

    items: list[RuleDocument]
    ways: list[Way]

    @classmethod
    def of(cls, laid_down: Mapping[tuple[str, str], Rule], ways: list[Way]) -> Self:
        """Of what the company has laid down."""
        return cls(items=list(_all(laid_down)), ways=ways)


def _all(laid_down: Mapping[tuple[str, str], Rule]) -> Iterator[RuleDocument]:
    for urgency in Urgency:
        of_all = laid_down.get((urgency, ""))
        yield RuleDocument(urgency=urgency, role=None, laid_down=of_all is not None, **asdict(of_all or RULES[urgency]))
        for role in Role:
            if (rule := laid_down.get((urgency, role))) is not None:
                yield RuleDocument(urgency=urgency, role=role, laid_down=True, **asdict(rule))
