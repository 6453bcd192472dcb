"""Bringing a table in: every row is checked before the first is kept, and all is kept in one transaction."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from domain.people.actors import Role
from domain.words.label import Label
from store.imports import tables
from store.imports.faults import RowFault, TableError
from store.imports.reading import Form, read
from store.imports.tables import Column, Record
from store.registry import contracts, customers, people, roster
from store.registry.accounts import link, untold
from store.registry.administration import administration
from store.registry.contract_rules import contract_faults
from store.registry.faults import Fault, InvalidError
from store.registry.records import Contract, Person, RegisteredCustomer, Shift
from store.registry.rules import customer_faults, double_duty, person_faults, shift_faults

_DEPARTMENTS = ("technical", "business")
_CONTRACT = ("pack", "starts_on", "ends_on", "remote_calendar", "star")


def import_people(engine: Engine, data: bytes, form: Form, *, check: bool = False) -> int:
    """Bring new people in; how many. ``check``: only look. TableError with all that is wrong."""
    found, wrong = tables.records(tables.PEOPLE, read(data, form))
    same = {one.values["id"]: one.values.pop("same_as") for one in found if "same_as" in one.values}
    new = [(one.row, Person(**one.values).folded()) for one in found]
    with administration(engine) as connection:
        known = people.known_to(connection, [one for _, one in new])
        repeats = _Repeats(people.taken_ids(connection, [one.id for _, one in new]))
        for row, one in new:
            wrong += _row_faults(tables.PEOPLE, row, [*person_faults(one, known), *repeats.of("id", one.id, row)])
        _refuse(wrong)
        with connection.begin_nested() as looking:
            _refuse(_kept_as_persons(connection, new, same))
            if check:
                looking.rollback()
    return len(new)


def _kept_as_persons(
    connection: Connection, new: Sequence[tuple[int, Person]], same: Mapping[str, str]
) -> list[RowFault]:
    """Keep them, the accounts of one person linked; what is wrong with whose phone or mail another account has."""
    rows = {one.id: row for row, one in new}
    people.keep(connection, [one for _, one in new])
    wrong: list[RowFault] = []
    for id_, other in same.items():
        try:
            link(connection, id_, other)
        except InvalidError as no_other:
            wrong += _row_faults(tables.PEOPLE, rows[id_], no_other.faults)
    kept = people.by_id(connection, rows)
    for id_, fault in untold(connection, list(kept.values())):
        wrong += _row_faults(tables.PEOPLE, rows[id_], [fault])
    return wrong


def import_customers(engine: Engine, data: bytes, form: Form, *, check: bool = False) -> int:
    """Bring new customers in, each perhaps with contracts; how many rows. TableError with all that is wrong."""
    found, wrong = tables.records(tables.CUSTOMERS, read(data, form))
    new = [(one.row, _customer(one.values)) for one in found]
    agreed = [(one.row, _contract(one.values)) for one in found if "contract" in one.values]
    with administration(engine) as connection:
        wrong += _contract_rows(found, agreed, contracts.taken_ids(connection, [one.id for _, one in agreed]))
        wrong += _customer_rows(new, customers.taken_ids(connection, [one.id for _, one in new]))
        _refuse(wrong)
        if not check:
            customers.keep(connection, list({one.id: one for _, one in new}.values()))
            contracts.keep(connection, [one for _, one in agreed])
    return len(new)


def import_roster(engine: Engine, data: bytes, form: Form, *, check: bool = False) -> int:
    """Bring new shifts in; how many. ``check``: only look. TableError with all that is wrong."""
    found, wrong = tables.records(tables.ROSTER, read(data, form))
    new = [(one.row, Shift(**one.values)) for one in found]
    with administration(engine) as connection:
        known = people.by_id(connection, {name for _, one in new for name in one.names})
        planned = _Planned(roster.meanwhile(connection, [one for _, one in new]))
        for row, one in new:
            faults = list(shift_faults(one, known))
            if not faults and not planned.add(one):
                faults = [double_duty()]
            wrong += _row_faults(tables.ROSTER, row, faults)
        _refuse(wrong)
        if not check:
            roster.keep(connection, [one for _, one in new])
    return len(new)


@dataclass
class _Repeats:
    """Ids that are taken, or stand in a row before."""

    taken: set[str]

    def __post_init__(self) -> None:
        self._rows: dict[str, int] = {}

    def of(self, field: str, id_: str, row: int) -> Iterator[Fault]:
        """What is wrong with one more id."""
        first = self._rows.setdefault(id_, row)
        if first != row:
            yield Fault(field, Label(f"与第 {first} 行重复", f"is the same as in row {first}"))
        elif id_ in self.taken:
            yield Fault(field, Label("已被使用", "is taken already"))


class _Planned:
    """A roster that grows without anybody being twice on the same duty, looked up by neighbours."""

    def __init__(self, shifts: Iterable[Shift]) -> None:
        self._stretches: dict[tuple[Role, str], list[tuple[datetime, datetime]]] = {}
        for shift in shifts:
            self.add(shift)

    def add(self, shift: Shift) -> bool:
        """Plan one more shift; False, and nothing is planned, where it collides with another."""
        bounds = (shift.begins_at, shift.ends_at)
        concerned = [self._stretches.setdefault((shift.duty, name), []) for name in shift.names]
        if any(_meets(stretches, bounds) for stretches in concerned):
            return False
        for stretches in concerned:
            insort(stretches, bounds)
        return True


def _meets(stretches: list[tuple[datetime, datetime]], bounds: tuple[datetime, datetime]) -> bool:
    """Whether one of the stretches, which are in order and apart from each other, has an instant in common."""
    at = bisect_left(stretches, bounds)
    before, after = stretches[max(0, at - 1) : at], stretches[at : at + 1]
    return any(ends > bounds[0] for _, ends in before) or any(begins < bounds[1] for begins, _ in after)


def _customer_rows(new: Sequence[tuple[int, RegisteredCustomer]], taken: set[str]) -> Iterator[RowFault]:
    """A customer may have several rows, one a contract; they say the same of it."""
    firsts: dict[str, tuple[int, RegisteredCustomer]] = {}
    for row, one in new:
        first_row, first = firsts.setdefault(one.id, (row, one))
        faults = [] if first_row != row else [_renamed(fault) for fault in customer_faults(one)]
        if one != first:
            faults.append(Fault("id", Label(f"与第 {first_row} 行不一致", f"differs from row {first_row}")))
        if first_row == row and one.id in taken:
            faults.append(Fault("id", Label("已被使用", "is taken already")))
        yield from _row_faults(tables.CUSTOMERS, row, faults)


def _contract_rows(
    found: Sequence[Record], agreed: Iterable[tuple[int, Contract]], taken: set[str]
) -> Iterator[RowFault]:
    repeats, of_row, without = _Repeats(taken), dict(agreed), _Repeats(set())
    for record in found:
        contract = of_row.get(record.row)
        if contract is not None:
            faults = [replace(one, field="contract") if one.field == "id" else one for one in contract_faults(contract)]
            yield from _row_faults(
                tables.CUSTOMERS, record.row, [*faults, *repeats.of("contract", contract.id, record.row)]
            )
            continue
        # Of a customer's rows one at most is without a contract.
        yield from _row_faults(tables.CUSTOMERS, record.row, without.of("id", record.values["id"], record.row))
        for field in (name for name in _CONTRACT if name in record.values):
            needed = Fault("contract", Label(f"填写 {field} 时须填合同号", f"is needed where {field} is given"))
            yield from _row_faults(tables.CUSTOMERS, record.row, [needed])


def _customer(values: dict[str, Any]) -> RegisteredCustomer:
    departments = {word: values[word] for word in _DEPARTMENTS if word in values}
    return RegisteredCustomer(values["id"], values["name"], departments).folded()


def _contract(values: dict[str, Any]) -> Contract:
    fields = {name: values[name] for name in _CONTRACT if name in values}
    return Contract(values["contract"], values["id"], **{"pack": ""} | fields)


def _renamed(fault: Fault) -> Fault:
    """A department's fault stands in the department's column."""
    if not fault.field.startswith("departments["):
        return fault
    place = int(fault.field.partition("[")[2].partition("]")[0])
    return replace(fault, field=_DEPARTMENTS[place])


def _row_faults(columns: Sequence[Column], row: int, faults: Iterable[Fault]) -> list[RowFault]:
    headers = {column.field: column.header for column in columns}
    return [RowFault(row, one.field, one.message, headers.get(one.field, "")) for one in faults]


def _refuse(wrong: list[RowFault]) -> None:
    if wrong:
        raise TableError(wrong)
