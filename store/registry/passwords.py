"""New passwords for others: two administrators hand one out by halves, or one at the command line gives it."""

from datetime import datetime

from sqlalchemy import Engine, select, update

from domain.audience.confirmation_news import Turn
from domain.words.label import Label
from store.access.passwords import hand_out_password, new_halves
from store.models import ConfirmationRow, PersonRow
from store.registry.accounts import are_one
from store.registry.administration import administration
from store.registry.confirmations import GONE, Confirmation, ask, tell_what_one_did
from store.registry.faults import ConflictError, Fault, UnknownError

_ONES_OWN = Label(
    "是您自己的账号，请用原密码修改密码；忘记密码请找另一位管理员",
    "is your own account: change its password with the one until now, or ask another administrator",
)


def ask_password(engine: Engine, person: str, *, by: str, now: datetime) -> tuple[Confirmation, str]:
    """A new password for somebody waits for a second; answers its first half, and who says yes is told the other.

    Neither of the two can enter by it. Who asks again has lost theirs: both halves are new.

    Raises:
        UnknownError: nobody has that id.
        ConflictError: it is one's own account, whichever of them; or they may not enter at all.
    """
    with administration(engine) as connection:
        active = connection.scalar(select(PersonRow.active).where(PersonRow.id == person))
        if active is None:
            raise UnknownError(person)
        if not active:
            raise ConflictError(Fault("person", GONE))
        if are_one(connection, person, by):
            raise ConflictError(Fault("person", _ONES_OWN))
        asked, halves = ask(connection, person, by=by, now=now, password=True), new_halves()
        kept = {"password_hash": halves.hashed, "second_half": halves.second}
        connection.execute(update(ConfirmationRow).where(ConfirmationRow.id == asked.id).values(kept))
        return asked, halves.first


def give_password(engine: Engine, person: str, *, to_change: bool, now: datetime) -> str:
    """A new random password, as the command line says; ``to_change``: it is good for nothing but choosing another.

    Raises:
        UnknownPersonError: nobody has that name.
    """
    with administration(engine) as connection:
        password = hand_out_password(connection, person, to_change=to_change)
        tell_what_one_did(connection, person, Turn.MADE, now, by=None, password=True)
    return password
