"""A report that was written down wrong, corrected over HTTP."""

from tests.served import Served


class TestACorrection:
    def test_stands_on_the_ticket_is_found_and_told_and_keeps_what_stood_there(self, desk: Served):
        number = desk.open("standard", title="打印机缺纸")["number"]
        assert desk.command("engineer", number, "take").status_code == 200
        done = desk.command("hotline", number, "correct", title="绘图仪缺墨", site="海港路 18 号", asset="HP-T1708")
        assert done.status_code == 200, done.text
        shown = desk.as_user("customer").get(f"/api/tickets/{number}").json()
        assert (shown["title"], shown["site"], shown["asset"]) == ("绘图仪缺墨", "海港路 18 号", "HP-T1708")
        found = {
            text: [
                one["number"]
                for one in desk.as_user("hotline").get("/api/tickets", params={"text": text}).json()["items"]
            ]
            for text in ("绘图仪缺墨", "打印机缺纸")
        }
        assert found == {"绘图仪缺墨": [number], "打印机缺纸": []}
        (entry,) = (
            one
            for one in desk.as_user("customer").get(f"/api/tickets/{number}/timeline").json()["items"]
            if one["happening"] == "corrected"
        )
        assert entry["data"]["before"] == {"title": "打印机缺纸", "site": None, "asset": None}
        inbox = desk.as_user("engineer").get("/api/inbox").json()["items"]
        assert "报修内容已更正：绘图仪缺墨" in [one["title"] for one in inbox]

    def test_keeps_within_what_a_report_is_opened_with(self, desk: Served):
        number = desk.open("standard")["number"]
        refused = desk.command("hotline", number, "correct", title="长" * 201)
        assert refused.status_code == 422
        assert [error["field"] for error in refused.json()["errors"]] == ["data.title"]
        assert desk.command("hotline", number, "correct", site="一\n二").status_code == 422
        assert desk.command("hotline", number, "correct", asset="绘图仪 1").status_code == 422
        assert desk.command("engineer", number, "correct", title="别的").status_code == 403
        assert desk.command("hotline", number, "correct").status_code == 409
