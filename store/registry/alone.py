"""What one administrator alone may not change of somebody, of themselves least of all."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from domain.people.actors import CUSTOMER_SIDE, Role
from domain.words.label import Label
from store.models import PersonRow
from store.registry.accounts import are_one
from store.registry.faults import ConflictError, Fault
from store.registry.records import Person

_NOT_OF_ONESELF = Label("须由另一位管理员操作", "nobody decides it of their own accounts; ask another administrator")
_OTHER_SIDE = Label(
    "账号不能在客户人员与其他人员之间互换：换了单位的，请停用此账号，另建新账号",
    "an account does not become a customer's, nor is a customer's another's: deactivate it, and make a new one",
)


def keeps_their_side(before: Person, after: Person) -> None:
    """Nobody of ours becomes a customer's approver by one alone, in an account into which they have a way already."""
    if (before.role in CUSTOMER_SIDE) is not (after.role in CUSTOMER_SIDE):
        raise ConflictError(Fault("role", _OTHER_SIDE))


def keeps_apart(connection: Connection, before: Person, changes: Mapping[str, Any], by: str) -> None:
    """Nobody says of themselves which accounts are theirs no more."""
    unlinked = "same_as" in changes and changes["same_as"] is None and before.also
    parted = set(changes.get("told_apart", ())) - set(before.told_apart)
    field = "same_as" if unlinked else "told_apart" if parted else None
    if field and are_one(connection, before.id, by):
        raise ConflictError(Fault(field, _NOT_OF_ONESELF))


def stays_administered(connection: Connection, before: Person, after: Person, by: str | None) -> None:
    """Nobody gives themselves another role, and somebody is left who can administer."""
    if by is not None and after.role is not before.role and are_one(connection, before.id, by):
        raise ConflictError(
            Fault(
                "role",
                Label(
                    "不能更改自己的角色，请由另一位管理员操作", "nobody changes their own; ask another administrator"
                ),
            )
        )
    was, is_ = (one.active and one.role is Role.ADMINISTRATOR for one in (before, after))
    if was and not is_ and not _other_administrators(connection, before.id):
        changed = "role" if after.active else "active"
        raise ConflictError(
            Fault(
                changed,
                Label("须保留至少一位在用的管理员，请先指定另一位", "is the last active administrator; name another"),
            )
        )


def _other_administrators(connection: Connection, id_: str) -> bool:
    others = (PersonRow.role == Role.ADMINISTRATOR, PersonRow.active, PersonRow.id != id_)
    return connection.scalar(select(PersonRow.id).where(*others).limit(1)) is not None
