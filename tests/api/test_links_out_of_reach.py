"""Links and uploads while a part of the installation is away: nothing is lost, and nobody is left without an answer."""

from runtime.settings import Settings
from tests.links import Letter, applied, letter, timeline
from tests.patience import eventually
from tests.served import served
from tests.uploads import bring


class TestALinkThatIsAnswered:
    def test_with_no_worker_running_is_received_and_decided_later(self, settings: Settings):
        """202; the holder comes back to the same link, and answering again changes nothing."""
        with served(settings) as desk:
            path = letter(desk, number := applied(desk)).path
        with served(settings, working=False) as alone:
            phone = Letter(alone, path)
            assert phone.look().status_code == 200
            for decision, status in (("approve", 202), ("refuse", 202)):
                answer = phone.answer(decision)
                assert (answer.status_code, "已收到您的答复" in answer.text) == (status, True)
            assert "已收到您的答复" in phone.look().text
        with served(settings) as desk:
            eventually(lambda: "您已表示同意" in Letter(desk, path).look().text, "the page says so")
            assert [line["happening"] for line in timeline(desk, number)].count("approved") == 1
            assert "refused" not in {line["happening"] for line in timeline(desk, number)}

    def test_with_temporal_out_of_reach_is_asked_to_try_again(self, settings: Settings):
        """503 as a page; the same button works later, once."""
        nowhere = settings.model_copy(update={"temporal_address": "127.0.0.1:1"})
        with served(settings) as desk:
            phone = letter(desk, number := applied(desk))
            with served(nowhere, working=False) as distant:
                far = Letter(distant, phone.path)
                assert far.look().status_code == 200
                answer = far.answer()
                assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
                assert answer.headers["content-type"].startswith("text/html")
            assert phone.answer().status_code == 200
            assert [line["happening"] for line in timeline(desk, number)].count("approved") == 1


class TestAnUpload:
    def test_with_no_worker_running_is_taken(self, settings: Settings):
        """Also for a ticket that the read model does not know yet."""
        with served(settings, working=False) as alone:
            number = str(alone.open(level="A")["number"])
            answer = bring(alone, number)
            assert answer.status_code == 201
            assert alone.as_user("pm").get(answer.headers["location"]).status_code == 200
            taken = alone.command("engineer", number, "note", text="见附件", attachments=[answer.json()["id"]])
            assert taken.status_code == 202
