"""The desk: who there is and who is on duty at an instant, and whom a word of the table then means."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.audience.authority import MAY_READ, concerns
from domain.audience.notices.notice import ROLE_OF, Standing, Whom
from domain.people.actors import CUSTOMER_SIDE, Actor, Role
from domain.ticket.timeline import Entry


class How(StrEnum):
    """How somebody came to be told. Kept with each message."""

    BY_NAME = "by_name"
    ON_DUTY = "on_duty"
    SUBSTITUTE = "substitute"  # in the place of somebody
    OF_THE_ROLE = "of_the_role"  # no roster is kept for it
    NOBODY_ON_DUTY = "nobody_on_duty"  # all of the role, for the roster has a gap
    NOBODY_OF_THE_ROLE = "nobody_of_the_role"  # there is nobody else


#: Who is not of ours, whatever they once were.
_OUTSIDE = CUSTOMER_SIDE | {Role.VENDOR}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can be told, or named."""

    actor: Actor
    name: str
    phone: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True)
class Duty:
    """A stretch of duty that runs at the instant."""

    role: Role
    person: str
    substitute: str | None = None

    @property
    def there(self) -> str:
        """Who is there in person."""
        return self.substitute or self.person


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody of a customer answers in the place of one of its approvers at the instant."""

    person: str
    approver: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whom a word means, and how it came to them."""

    person: str
    how: How


@dataclass(frozen=True, slots=True)
class Desk:
    """Who there is, by their ids, and who of them is on duty.

    Attributes:
        rostered: the roles that a roster is kept for at present, beside those that are always called.
        deputies: who stands in for approvers of the ticket's customer.
    """

    members: Mapping[str, Member] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    rostered: frozenset[Role] = frozenset()
    deputies: tuple[StandIn, ...] = ()

    def role(self, role: Role) -> tuple[Reached, ...]:
        """Who the role means now; where it has nobody, whoever answers for that."""
        return self._role(role) or next(filter(None, map(self._instead, ANSWER_FOR_ALL)), ())

    def person(self, id_: object) -> tuple[Reached, ...]:
        """Somebody named, as long as they are with us."""
        member = self.members.get(str(id_))
        return (Reached(member.actor.id, How.BY_NAME),) if member and member.active else ()

    def owner(self, id_: str | None) -> tuple[Reached, ...]:
        """Who is in charge, on and off duty; off duty also who stands in for them. Nobody of ours is: the hotline."""
        there = self.person(id_)
        if id_ is None or not there or self.members[id_].actor.role in _OUTSIDE:
            return self.role(Role.HOTLINE)
        if any(duty.there == id_ for duty in self.duties):
            return there
        away = {duty.substitute for duty in self.duties if duty.person == id_ and duty.substitute}
        return (*there, *(Reached(one, How.SUBSTITUTE) for one in sorted(away) if self.person(one)))

    def customers(
        self, role: Role, standing: Standing, departments: Iterable[str] | None = None
    ) -> tuple[Reached, ...]:
        """People of the ticket's customer; of approvers, those of these departments. Of no department: nobody."""
        wanted = None if departments is None else set(departments)
        return tuple(
            Reached(id_, How.BY_NAME)
            for id_ in self._of(role)
            if concerns(self.members[id_].actor, standing.customer.id)
            and (role is not Role.CUSTOMER_APPROVER or _speaks_for(self.members[id_].actor, wanted))
        )

    def who_answer(self, standing: Standing, departments: Iterable[str] | None = None) -> tuple[Reached, ...]:
        """Approvers of the ticket's customer, and who stands in for them: who could decide on an application."""
        approvers = self.customers(Role.CUSTOMER_APPROVER, standing, departments)
        theirs = {each.person for each in approvers}
        stand_ins = {one.person for one in self.deputies if one.approver in theirs} - theirs
        return (*approvers, *(Reached(id_, How.SUBSTITUTE) for id_ in sorted(stand_ins) if self.person(id_)))

    def vendor(self, id_: object) -> tuple[Reached, ...]:
        """A vendor's person."""
        return tuple(each for each in self.person(id_) if self.members[each.person].actor.role is Role.VENDOR)

    def _role(self, role: Role) -> tuple[Reached, ...]:
        everybody, there = self._of(role), self._on_duty(role)
        how = How.NOBODY_ON_DUTY if role in ALWAYS_CALLED | self.rostered else How.OF_THE_ROLE
        return tuple(there.values()) or tuple(Reached(id_, how) for id_ in everybody)

    def _instead(self, role: Role) -> tuple[Reached, ...]:
        return tuple(Reached(each.person, How.NOBODY_OF_THE_ROLE) for each in self._role(role))

    def _of(self, role: Role) -> list[str]:
        return sorted(id_ for id_, one in self.members.items() if one.active and one.actor.role is role)

    def _on_duty(self, role: Role) -> dict[str, Reached]:
        everybody, duties = set(self._of(role)), (duty for duty in self.duties if duty.role is role)
        return {
            duty.there: Reached(duty.there, How.SUBSTITUTE if duty.substitute else How.ON_DUTY)
            for duty in duties
            if duty.there in everybody
        }


#: Of these somebody is to be on duty at any hour (001-34); of other roles where a roster is kept for them.
ALWAYS_CALLED = frozenset({Role.HOTLINE, Role.ENGINEER, Role.PROJECT_MANAGER, Role.DUTY_MANAGER})

#: Who is told in the place of a role that nobody has, in this order.
ANSWER_FOR_ALL = (Role.DUTY_MANAGER, Role.LEADER, Role.ADMINISTRATOR)


def reached(whom: Whom, entry: Entry, standing: Standing, desk: Desk) -> tuple[Reached, ...]:
    """Whom a word of the table means, of this entry, as the ticket and the desk stand."""
    if whom in ROLE_OF:
        return desk.role(ROLE_OF[whom])
    if whom in _OF_CUSTOMERS:
        role, departments = _OF_CUSTOMERS[whom]
        if whom in WHO_ANSWER:
            return desk.who_answer(standing, entry.data.get("departments", ()) if departments == _SILENT else None)
        return desk.customers(role, standing, departments)
    return tuple(_named(whom, entry, standing, desk))


_SILENT = ("silent",)
_OF_CUSTOMERS: dict[Whom, tuple[Role, tuple[str, ...] | None]] = {
    Whom.CONTACT: (Role.CUSTOMER_CONTACT, None),
    Whom.APPROVERS: (Role.CUSTOMER_APPROVER, None),
    Whom.TECHNICAL_APPROVERS: (Role.CUSTOMER_APPROVER, ("technical",)),
    Whom.SILENT_APPROVERS: (Role.CUSTOMER_APPROVER, _SILENT),
}


#: Deputies answer for their approvers in major incidents alone, and are told of nothing else in their place.
WHO_ANSWER = frozenset({Whom.APPROVERS, Whom.SILENT_APPROVERS})


def _named(whom: Whom, entry: Entry, standing: Standing, desk: Desk) -> Iterator[Reached]:
    data = entry.data
    match whom:
        case Whom.OWNER:
            yield from desk.owner(standing.owner)
        case Whom.VENDOR_NAMED:
            yield from desk.vendor(data.get("vendor"))
        case Whom.VENDORS:
            yield from (each for vendor in standing.vendors for each in desk.vendor(vendor))
        case Whom.ANSWERED_FOR:
            yield from _approver(data.get(FIELDS[whom]), standing, desk)
        case Whom.REACHED | Whom.OVERSEERS:
            yield from _by_alarm(whom, entry, standing, desk)
        case _:
            yield from _ours(desk.person(data.get(FIELDS[whom])), desk)


def _approver(id_: object, standing: Standing, desk: Desk) -> Iterator[Reached]:
    """An approver of the ticket's customer, by name."""
    for each in desk.person(id_):
        actor = desk.members[each.person].actor
        if actor.role is Role.CUSTOMER_APPROVER and concerns(actor, standing.customer.id):
            yield each


#: The field of an entry that names somebody.
FIELDS = {
    Whom.NAMED: "to",
    Whom.FORMER_OWNER: "from",
    Whom.ASKER: "asker",
    Whom.ANSWERED_FOR: "deputy_for",
    Whom.RESOLVER: "resolved_by",
    Whom.WORKED: "worked",
}


#: Who sees to it that others act.
_OVERSEEING = frozenset({Role.PROJECT_MANAGER, Role.DUTY_MANAGER, Role.LEADER})


def _by_alarm(whom: Whom, entry: Entry, standing: Standing, desk: Desk) -> Iterator[Reached]:
    """The roles and people of an alarm, of ours alone; whoever was in charge is told as who is in charge."""
    for role in entry.data.get("roles", ()):
        oversees = role in _OVERSEEING
        if role not in _OUTSIDE and oversees is (whom is Whom.OVERSEERS):
            yield from desk.role(Role(role))
    for person in entry.data.get("people", ()) if whom is Whom.REACHED else ():
        yield from _ours(desk.owner(person) if person == standing.owner else desk.person(person), desk)


def _ours(found: Iterable[Reached], desk: Desk) -> Iterator[Reached]:
    """Those who may read of it at all; people outside are never meant by a field of an entry."""
    yield from (
        each
        for each in found
        if each.how is not How.BY_NAME or desk.members[each.person].actor.role in MAY_READ - _OUTSIDE
    )


def _speaks_for(approver: Actor, departments: set[str] | None) -> bool:
    return approver.department is not None and (departments is None or approver.department in departments)


def wanted(
    entries: Iterable[tuple[Entry, Iterable[Whom]]], standing: Standing
) -> tuple[frozenset[Role], frozenset[str]]:
    """The roles and the people that the desk must know, to tell these entries to these."""
    roles, people = set(ANSWER_FOR_ALL), {standing.owner, *standing.vendors}
    for entry, words in entries:
        for whom in words:
            roles |= {ROLE_OF[whom]} if whom in ROLE_OF else set()
            roles |= {_OF_CUSTOMERS[whom][0]} if whom in _OF_CUSTOMERS else set()
            roles |= {Role.HOTLINE} if whom in {Whom.OWNER, Whom.REACHED} else set()
        data = entry.data
        roles |= {Role(role) for role in data.get("roles", ())}
        people |= {
            entry.actor.id,
            data.get("vendor"),
            (data.get("on_behalf") or {}).get("name"),
            *data.get("people", ()),
            *(data.get(name) for name in FIELDS.values()),
        }
    return frozenset(roles), frozenset(str(each) for each in people if each)
