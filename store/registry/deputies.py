"""Deputies of a customer's approvers: who names them, and for whom somebody stands in at an instant."""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, Engine, bindparam, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from domain.audience.desk import How
from domain.audience.registry_news import CONCERNED, Deputed, deputy_ended, deputy_named
from domain.audience.saying import Sentence
from domain.contract.calendars import CHINA
from domain.matters.consents import ConsentChannel
from domain.people.actors import CUSTOMER_SIDE, MANAGERS, Actor, Role
from domain.words.label import Label
from domain.words.text import folded
from store.models import Agreement, AttachmentRow, DeputyshipRow, PersonRow
from store.models.base import table_of
from store.paging import Found, Window, records
from store.registry import customers, people
from store.registry.administration import administration
from store.registry.faults import Fault, InvalidError, UnknownError, not_among, refuse
from store.registry.news import note
from store.registry.records import Deputyship, Person
from store.registry.rules import text_faults
from store.telling import tell

#: From the first day to the last, both counted.
LASTS = timedelta(days=366)
_COLUMNS = tuple(getattr(DeputyshipRow, one.name) for one in fields(Deputyship))
_OWN_APPROVER = Label("审批人只能指定自己的代理人", "an approver names deputies of their own")
_OF_SOMEBODY_ELSE = Label("代理人须是另一个人", "a deputy is another person")
_NOT_ONESELF = Label("不能登记自己为代理人", "nobody records a deputyship for themselves")
_ONE_DEPARTMENT = Label(
    "该人在这段时间已代理另一部门的审批人；两个部门须由不同的人审批",
    "stands in for another department's approver in these days; two departments take two people",
)
_NOT_THEIRS = Label(
    "只能由审批人本人、登记人、项目经理、值班经理或管理员终止",
    "the approver, whoever recorded it, a manager or an administrator ends it",
)
_TOO_LONG = Label("代理期最长 366 天", "a deputyship lasts 366 days at most")
_BROUGHT_BY_THEM = Label(
    "凭据不能由代理人或登记人自己上传", "was brought by the deputy, or by whoever records it; it takes a third person"
)
_USED = Label(
    "该凭据已用于指定代理人；每次指定须另附凭据", "has named a deputy already; each naming takes evidence of its own"
)
_NO_APPROVER = Label("该客户没有这位在用的审批人", "is no active approver of this customer")
_NOT_OF_THE_CUSTOMER = Label("须是该客户在用的人员", "must be somebody active of this customer")
_SEVERAL = Label("不止一人叫这个名字，请填账号", "several are called so; name the account")
_NEEDS_EVIDENCE = Label(
    "须附客户的书面凭据（该客户工单上的附件编号）；只有审批人用自己的账号指定时可以不附",
    "needs the customer's word in writing, as an attachment of one of its tickets; only an approver who names a "
    "deputy from their own account needs none",
)

_KEPT, _THEIRS, _STAND_IN = table_of(DeputyshipRow), table_of(PersonRow).alias(), table_of(PersonRow).alias()
# Made once: it is asked with nearly every entry of an application.
_STANDING_IN = (
    select(_KEPT.c.deputy, _KEPT.c.approver, _THEIRS.c.department)
    .join(_THEIRS, _THEIRS.c.id == _KEPT.c.approver)
    .join(_STAND_IN, _STAND_IN.c.id == _KEPT.c.deputy)
    .where(
        _KEPT.c.customer == bindparam("customer"),
        _KEPT.c.starts_on <= bindparam("today"),
        _KEPT.c.ends_on >= bindparam("today"),
        or_(_KEPT.c.ended_at.is_(None), _KEPT.c.ended_at > bindparam("at")),
        _THEIRS.c.active,
        _THEIRS.c.role == Role.CUSTOMER_APPROVER,
        _THEIRS.c.customers.contains(bindparam("customers")),
        _STAND_IN.c.active,
        _STAND_IN.c.role.in_(CUSTOMER_SIDE),
        _STAND_IN.c.customers.contains(bindparam("customers")),
    )
    .order_by(_KEPT.c.recorded_at, _KEPT.c.id)
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers for whom, and for which department."""

    deputy: str
    approver: str
    department: str


def deputies(engine: Engine, of: str, window: Window) -> Found[Deputyship]:
    """The deputies of a customer's approvers, also those whose time is over; those who are named last come first."""
    row = DeputyshipRow
    return records(
        engine,
        Deputyship,
        select(*_COLUMNS).where(row.customer == of),
        window,
        row.recorded_at,
        row.id,
        falling=True,
    )


def deputyship(engine: Engine, of: str, id_: str) -> Deputyship | None:
    """What the customer set down under that id; None: nothing."""
    meant = (DeputyshipRow.customer == of, DeputyshipRow.id == id_)
    with engine.connect() as connection:
        row = connection.execute(select(*_COLUMNS).where(*meant)).mappings().one_or_none()
    return Deputyship(**row) if row else None


def name_deputy(engine: Engine, new: Deputyship, by: Actor) -> Deputyship:
    """Keep who stands in for an approver; both may be named by account or by name.

    Raises:
        UnknownError: no such customer.
        InvalidError: the fields are wrong.
    """
    with administration(engine) as connection:
        if not customers.taken_ids(connection, [new.customer]):
            raise UnknownError(new.customer)
        approver = _meant(connection, "approver", new.approver, new.customer)
        deputy = _meant(connection, "deputy", new.deputy, new.customer)
        new = replace(new.folded(), id=str(uuid.uuid4()), approver=approver.id, deputy=deputy.id)
        refuse([*_faults(new, approver, deputy, by), *_of_record(connection, new, approver, deputy, by)])
        connection.execute(insert(DeputyshipRow).values(asdict(new)))
        its = Deputed(approver.name, deputy.name, approver.department, new.starts_on, new.ends_on)
        _tell_both(connection, new, deputy_named(its, by, _name(connection, by.id)), new.recorded_at)
        begins = datetime.combine(new.starts_on, time(), CHINA)
        note(connection, new.customer, Agreement.PERSON, deputy.id, begins=begins)
    return new


def end_deputyship(engine: Engine, of: str, id_: str, by: Actor, now: datetime) -> None:
    """From now on nobody answers by it; what was answered stays.

    Raises:
        UnknownError: the customer set down nothing under that id.
        InvalidError: it is not theirs to end.
    """
    meant = (DeputyshipRow.id == id_, DeputyshipRow.customer == of)
    with administration(engine) as connection:
        found = connection.execute(select(*_COLUMNS).where(*meant)).mappings().one_or_none()
        if found is None:
            raise UnknownError(id_)
        kept = Deputyship(**found)
        if by.role not in {*MANAGERS, Role.ADMINISTRATOR} and by.accounts.isdisjoint({kept.approver, kept.recorded_by}):
            raise InvalidError(Fault("approver", _NOT_THEIRS))
        if kept.ended_at is not None:
            return
        connection.execute(update(DeputyshipRow).where(*meant).values(ended_at=now))
        if now.astimezone(CHINA).date() <= kept.ends_on:
            both = people.by_id(connection, [kept.approver, kept.deputy])
            approver, deputy = both[kept.approver], both[kept.deputy]
            its = Deputed(approver.name, deputy.name, approver.department, kept.starts_on, kept.ends_on)
            _tell_both(connection, kept, deputy_ended(its, by, _name(connection, by.id)), now)


def deputy_of(engine: Engine, actor: Actor, customer: str | None, at: datetime) -> dict[str, str]:
    """Department by department, the approver in whose place somebody answers at that instant, by that very account.

    Which other accounts are one's own an administrator says alone: that opens no approval.
    """
    with engine.connect() as connection:
        found = standing_in(connection, customer, at)
    return {each.department: each.approver for each in reversed(found) if each.deputy == actor.id}


def stands_in(engine: Engine, actor: Actor, at: datetime) -> bool:
    """Whether they answer in an approver's place at that instant, for any of their customers."""
    with engine.connect() as connection:
        found = (each for customer in actor.customers for each in standing_in(connection, customer, at))
        return any(each.deputy == actor.id for each in found)


def standing_in(connection: Connection, customer: str | None, at: datetime) -> list[StandIn]:
    """Who stands in for the customer's approvers at that instant; of those who left, nobody does."""
    asked = {"customer": customer, "customers": (customer,), "today": at.astimezone(CHINA).date(), "at": at}
    found = connection.execute(_STANDING_IN, asked)
    return [StandIn(deputy, approver, department or "") for deputy, approver, department in found]


def _meant(connection: Connection, field: str, word: str, customer: str) -> Person:
    """Who of the customer is meant, by account or by name."""
    matching = or_(PersonRow.id == word, PersonRow.name == folded(word))
    of_customer = (PersonRow.active, PersonRow.role.in_(CUSTOMER_SIDE), PersonRow.customers.contains([customer]))
    ids = connection.scalars(select(PersonRow.id).where(matching, *of_customer)).all()
    meant = [word] if word in ids else ids
    if len(meant) != 1:
        none = _NO_APPROVER if field == "approver" else _NOT_OF_THE_CUSTOMER
        raise InvalidError(Fault(field, _SEVERAL if meant else none))
    return people.by_id(connection, meant)[meant[0]]


def _faults(new: Deputyship, approver: Person, deputy: Person, by: Actor) -> Iterable[Fault]:
    yield from text_faults("named_by", new.named_by)
    if new.channel not in set(ConsentChannel):
        yield not_among("channel", ConsentChannel)
    if approver.role is not Role.CUSTOMER_APPROVER:
        yield Fault("approver", _NO_APPROVER)
    elif by.role is Role.CUSTOMER_APPROVER and approver.id not in by.accounts:
        yield Fault("approver", _OWN_APPROVER)
    if deputy.id in _accounts(approver):
        yield Fault("deputy", _OF_SOMEBODY_ELSE)
    elif by.accounts & _accounts(deputy):
        yield Fault("deputy", _NOT_ONESELF)
    if new.ends_on < max(new.starts_on, new.recorded_at.astimezone(CHINA).date()):
        yield Fault("ends_on", Label("不能早于开始日期和今天", "must not be before the first day, nor before today"))
    elif new.ends_on - new.starts_on >= LASTS:
        yield Fault("ends_on", _TOO_LONG)
    if new.evidence is None and approver.id != by.id:
        yield Fault("evidence", _NEEDS_EVIDENCE)


def _of_record(connection: Connection, new: Deputyship, approver: Person, deputy: Person, by: Actor) -> Iterable[Fault]:
    """What is wrong with it beside what is on record: the deputy's other deputyships, and the evidence."""
    row, theirs = DeputyshipRow, aliased(PersonRow)
    other = (
        select(row.id)
        .join(theirs, theirs.id == row.approver)
        .where(
            row.customer == new.customer,
            row.deputy.in_(_accounts(deputy)),
            theirs.department.is_distinct_from(approver.department),
            row.starts_on <= new.ends_on,
            row.ends_on >= new.starts_on,
            or_(row.ended_at.is_(None), row.ended_at > new.recorded_at),
        )
    )
    if connection.scalar(other.limit(1)) is not None:
        yield Fault("deputy", _ONE_DEPARTMENT)
    if new.evidence is not None:
        yield from _wrong_evidence(connection, new.evidence, by.accounts | _accounts(deputy))


def _wrong_evidence(connection: Connection, evidence: str, biased: frozenset[str]) -> Iterable[Fault]:
    """It comes from a third person, and the same bytes, however often they are brought, name once."""
    brought, before = AttachmentRow, aliased(AttachmentRow)
    sha256, by = connection.execute(select(brought.sha256, brought.uploaded_by).where(brought.id == evidence)).one()
    if by in biased:
        yield Fault("evidence", _BROUGHT_BY_THEM)
    used = select(DeputyshipRow.id).join(before, before.id == DeputyshipRow.evidence).where(before.sha256 == sha256)
    if connection.scalar(used.limit(1)) is not None:
        yield Fault("evidence", _USED)


def _tell_both(connection: Connection, its: Deputyship, said: tuple[Sentence, Sentence], now: datetime) -> None:
    """Tell the approver, and the deputy."""
    for whom, sentence in zip((its.approver, its.deputy), said, strict=True):
        tell(connection, [whom], sentence, now, whom=CONCERNED, how=How.BY_NAME)


def _name(connection: Connection, id_: str) -> str:
    return connection.scalar(select(PersonRow.name).where(PersonRow.id == id_)) or id_


def _accounts(person: Person) -> frozenset[str]:
    return frozenset({person.id, *person.also})
