"""Questions that wait for a customer, and links that were handed over to answer them."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from sqlalchemy import delete

from store.models import SignInFailureRow
from tests.links import Letter
from tests.served import Served

_MADE = {"text": "升级", "size": "large", "documents": "说明"}
#: What is done so that the customer is asked: who does what.
ASKED: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "remote_grant": (("engineer", "request_remote", {"scope": "数据库", "text": "查看日志"}),),
    "part_agreement": (("engineer", "request_part", {"text": "更换主控板"}),),
    "change_agreement": (("engineer", "propose_change", _MADE),),
    "change_acceptance": (
        ("engineer", "propose_change", _MADE),
        ("customer", "agree_change", {"text": "同意"}),
        ("engineer", "make_change", {"text": "已升级", "backup": "全量备份"}),
    ),
    "confirmation": (("engineer", "resolve", {"summary": "更换主控板后恢复"}),),
}


def asked(desk: Served, kind: str = "remote_grant") -> str:
    """The number of a ticket on which the customer is asked this."""
    number = str(desk.open("sitech", level="B")["number"])
    ask(desk, number, kind)
    return number


def ask(desk: Served, number: str, kind: str) -> None:
    for who, command, data in ASKED[kind]:
        answer = desk.command(who, number, command, **data)
        assert answer.status_code == 200, answer.text


def handed(desk: Served, number: str, kind: str, by: str = "hotline", **more: Any) -> str:
    """The id of the command with which somebody hands a link over."""
    id_ = str(uuid4())
    to = {} if by == "customer" else {"to": "customer"}
    answer = desk.command(by, number, "hand_link", command_id=id_, **to | {"asked": kind} | more)
    assert answer.status_code == 200, answer.text
    return id_


def fetched(desk: Served, number: str, id_: str, by: str = "hotline", **more: Any) -> Letter:
    """The link in the hand of whoever it was handed to."""
    answer = desk.as_user(by).post(f"/api/tickets/{number}/links", json={"command_id": id_} | more)
    assert answer.status_code == 201, answer.text
    return Letter(desk, urlsplit(answer.json()["url"]).path)


def link(desk: Served, number: str, kind: str = "remote_grant", by: str = "hotline", **more: Any) -> Letter:
    """A link that was handed over just now."""
    return fetched(desk, number, handed(desk, number, kind, by, **more), by)


def nobody_has_guessed(desk: Served) -> None:
    """No wrong code counts any more, whoever typed it in a test before."""
    with desk.engine.begin() as connection:
        connection.execute(delete(SignInFailureRow))
