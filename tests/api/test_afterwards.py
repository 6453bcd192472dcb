"""What the customer still says of a ticket that has ended: refused as closed, and heard all the same."""

from typing import Any

from tests.served import Served


def heard(desk: Served, user: str, number: str) -> list[dict[str, Any]]:
    """What somebody was told of notes on a closed ticket."""
    items = desk.as_user(user).get("/api/inbox?limit=1000").json()["items"]
    return [one for one in items if one["ticket"] == number and one["happening"] == "command_refused"]


def test_a_note_after_the_close_reaches_hotline_and_supervisor_once(desk: Served):
    """However often it is sent; each note by itself, and nobody of the customer is told of it."""
    number = str(desk.open(level="D")["number"])
    assert desk.command("engineer", number, "resolve", summary="更换电源模块后恢复运行").status_code == 200
    assert desk.command("customer", number, "confirm").status_code == 200
    assert desk.as_user("duty").get(f"/api/tickets/{number}").json()["stage"] == "closed"
    for text, command_id in (("又断网了", None), ("请回电话", "7f1b1c0e-6c55-4b07-9d43-0a4d6f6e8f10")):
        answer = desk.command("customer", number, "note", text=text, command_id=command_id)
        assert (answer.status_code, answer.json()["reason"]) == (409, "closed")
    again = desk.command("customer", number, "note", text="请回电话", command_id="7f1b1c0e-6c55-4b07-9d43-0a4d6f6e8f10")
    assert again.status_code == 409
    for user in ("hotline", "supervisor"):
        said = sorted(one["text"] for one in heard(desk, user, number))
        assert len(said) == 2, user
        assert "刘雅琴在工单关闭后留言，说明：“又断网了" in said[0]
        assert "D级" in said[0]  # as the contract calls it
    assert heard(desk, "customer", number) == []
