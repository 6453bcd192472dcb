"""What whoever changes a record had before them: nobody overwrites what they have not seen."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, or_, select

from domain.audience.labels import ROLES
from domain.audience.vocabulary import GRADES
from domain.contract.calendars import CHINA
from domain.people.departments import DEPARTMENTS
from domain.words.label import Label
from store.acting import acting_on
from store.models import PersonRow, RegistryChangeRow
from store.registry.faults import ConflictError, Fault
from store.registry.record import Kind

#: What a customer is made of.
OF_CUSTOMERS = (Kind.CUSTOMER, Kind.DEPARTMENT)

_CALLED = {
    "name": Label("名称", "the name"),
    "role": Label("角色", "the role"),
    "department": Label("部门", "the department"),
    "customers": Label("所属客户", "the customers"),
    "organisation": Label("单位", "the organisation"),
    "phone": Label("电话", "the phone"),
    "email": Label("邮箱", "the mail"),
    "grade": Label("职级", "the grade"),
    "told_apart": Label("不同人", "whom they are not"),
    "active": Label("状态", "whether it is in use"),
    "pack": Label("服务合同包", "the pack"),
    "remote_calendar": Label("远程服务时间", "the hours of remote service"),
    "star": Label("星级", "the stars"),
    "switches": Label("另有约定", "what it sets otherwise"),
    "starts_on": Label("开始日期", "the first day"),
    "ends_on": Label("截止日期", "the last day"),
}
_IN_USE = {True: Label("启用", "in use"), False: Label("停用", "not in use")}
_WORDS: dict[str, Mapping[Any, Label]] = {"role": ROLES, "department": DEPARTMENTS, "grade": GRADES, "active": _IN_USE}
_OVERWRITTEN = Label(
    "您打开后已被修改：{what}。您填写的还在，请核对后再保存",
    "is another by now, for it was changed since you read it: {what}. Look it over, then save again",
)
_OF_NO_RECORD = Label("与现有记录对不上，请核对后再保存", "is of no record that is here: look it over, then save again")
_CHANGED = Label(
    "{at} {who}把{called}由 {before} 改为 {after}", "at {at} {who} changed {called} from {before} to {after}"
)
_NOTHING = Label("空", "nothing")
_ONESELF = Label("您自己", "you")
_PROGRAM = Label("命令行", "the command line")


def latest(engine: Engine, *kinds: Kind) -> int:
    """The version of what is read after this: the last change that can have been seen there."""
    row = RegistryChangeRow
    with engine.connect() as connection:
        last = (connection.scalar(select(func.max(row.id)).where(row.kind == kind)) for kind in kinds)
        return max((id_ or 0 for id_ in last), default=0)


def require_seen(connection: Connection, kind: Kind, id_: str, version: int | None) -> None:
    """Nothing of it has changed since whoever changes it now read it; None: the command line, which shows none.

    Raises:
        ConflictError: it has; with what, when and by whom. Or what they read never was, such as before a restore.
    """
    if version is None:
        return
    row = RegistryChangeRow
    if version > (connection.scalar(select(func.max(row.id))) or 0):
        raise ConflictError(Fault("version", _OF_NO_RECORD))
    about = and_(row.kind == kind, row.about == id_)
    if kind is Kind.CUSTOMER:
        about = or_(about, and_(row.kind == Kind.DEPARTMENT, row.whom == id_))
    asked = select(row, PersonRow.name).outerjoin(PersonRow, PersonRow.id == row.person)
    asked = asked.where(about, row.id > version).order_by(row.id)
    acting = acting_on(connection)
    me = acting.actor.id if acting else None
    found = connection.execute(asked).mappings()
    if told := [label for change in found for label in _told(dict(change), me)]:
        raise ConflictError(Fault("version", _OVERWRITTEN.filled(what=_listed(told))))


def _told(change: Mapping[str, Any], me: str | None) -> Iterator[Label]:
    """What is said of one change: nothing of what no form shows, such as a password."""
    before, after = change["before"], change["after"]
    by = change["person"]
    who = _PROGRAM if by is None else _ONESELF if by == me else Label(change["name"], change["name"])
    at = change["at"].astimezone(CHINA).strftime("%m-%d %H:%M")
    of_department = change["kind"] == Kind.DEPARTMENT
    for name in [name for name in _CALLED if name in before or name in after]:
        called = _valued("department", change["about"].rpartition("/")[2]) if of_department else _CALLED[name]
        values = {"before": _valued(name, before.get(name)), "after": _valued(name, after.get(name))}
        yield _CHANGED.filled(at=at, who=who, called=called, **values)


def _valued(name: str, value: Any) -> Label:  # noqa: ANN401  # whatever a column holds
    if value in (None, "", [], {}):
        return _NOTHING
    words = _WORDS.get(name, {})
    if isinstance(value, str | bool) and value in words:
        return words[value]
    if isinstance(value, Mapping):
        value = [f"{each} = {of}" for each, of in value.items()]
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Label(text, text)


def _listed(told: Iterable[Label]) -> Label:
    """One after the other."""
    told = list(told)
    return Label("；".join(each.zh for each in told), "; ".join(each.en for each in told))
