"""What has been done once is not done again: somebody sent who is on the way, a survey that was made."""

from tests.desk import Desk


class TestWhoeverHasSetOut:
    async def test_is_not_sent_again_and_a_survey_is_made_once(self, desk: Desk):
        """The customer is not told again that they will come (000-24); what was said in a survey stands (002-22)."""
        case = await desk.open("standard", "severe")
        await case.does("pm", "dispatch", to="engineer")
        await case.does("engineer", "depart")
        await case.expect_refused("pm", "dispatch", "set_out_already", to="engineer")
        await case.does("pm", "dispatch", to="engineer2")
        await case.does("engineer", "arrive")
        await case.expect_refused("hotline", "dispatch", "set_out_already", to="engineer")
        await case.does("engineer", "end_visit")
        await case.does("pm", "dispatch", to="engineer")
        await case.does("engineer", "resolve", summary="更换电源模块后恢复")
        await case.does("customer", "confirm")
        await case.closes()
        await case.does("supervisor", "record_survey", text="来得慢", satisfaction="dissatisfied")
        await case.expect_refused(
            "supervisor", "record_survey", "surveyed_already", text="改口满意", satisfaction="satisfied"
        )
        await case.does("supervisor", "record_followup", text="说明了原因，接受", satisfied=True)
