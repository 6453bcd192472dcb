"""An application that waits for its approvers, and links to decide on it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2

from store.approvals.links import LASTS, Issued, issue_link
from store.registry.people import person
from tests.served import Served

APPLICATION = {"title": "更换核心交换机", "plan": "今晚 22:00 切换到备机", "risk": "业务中断约 10 分钟"}
REPORT = "主控板故障，已双机比对。"


@dataclass
class Letter:
    """A link on somebody's phone: no session, no token, only the address."""

    desk: Served
    path: str

    def look(self, method: str = "GET", **headers: str) -> httpx2.Response:
        return self.desk.stranger.request(method, self.path, headers=headers)

    def answer(self, decision: str = "approve", opinion: str = "同意，请尽快", **headers: str) -> httpx2.Response:
        return self.desk.stranger.post(self.path, data={"decision": decision, "opinion": opinion}, headers=headers)


def applied(desk: Served, *, ticket: str = "核心交换机宕机", **application: str) -> str:
    """The number of a major incident of that title, whose application waits."""
    number = str(desk.open("nuobida", level="I", title=ticket)["number"])
    apply(desk, number, **application)
    return number


def apply(desk: Served, number: str, **application: str) -> None:
    """A version of the application, with its formal report."""
    report = {"text": application.pop("text", REPORT)}
    for kind, data in (("submit_formal_report", report), ("apply_major", APPLICATION | application)):
        answer = desk.command("pm", number, kind, **data)
        assert answer.status_code == 200, answer.text


def issued(
    desk: Served, number: str, user: str = "tech", *, ago: timedelta = timedelta(), lasts: timedelta = LASTS
) -> Issued:
    """A link as the sender of mails will issue it."""
    actor = person(desk.engine, user)
    assert actor is not None
    return issue_link(desk.engine, number, actor, now=datetime.now(UTC) - ago, lasts=lasts)


def letter(desk: Served, number: str, user: str = "tech", **when: Any) -> Letter:
    """The link in its holder's hand."""
    return Letter(desk, issued(desk, number, user, **when).path)


def asked_for(desk: Served, number: str, user: str = "tech") -> Letter:
    """A link that the approver asked for in person."""
    answer = desk.as_user(user).post(f"/api/tickets/{number}/approval-link", json={})
    assert answer.status_code == 201, answer.text
    return Letter(desk, urlsplit(answer.json()["url"]).path)


def timeline(desk: Served, number: str) -> list[dict[str, Any]]:
    """What happened, as the auditor reads it."""
    lines: list[dict[str, Any]] = desk.as_user("auditor").get(f"/api/tickets/{number}/timeline").json()["items"]
    return lines
