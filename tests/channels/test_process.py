"""The sender as a process, and the command line beside it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from typer.testing import CliRunner, Result

from cli.checks import of_channels, of_reach
from cli.findings import State
from cli.main import application
from cli.run import our_parts
from domain.audience.reaching import Way
from runtime.settings import Given, Settings
from store.deliveries.standing import dead
from store.models import ChannelRow, Delivered, DeliveryRow, PersonRow
from tests.channels.conftest import NOW, Say
from tests.channels.post import Post
from tests.channels.test_mail import body, claimed, states
from tests.channels.test_posting import NEW
from tests.channels.web import says, web_server
from tests.patience import PATIENCE_S, eventually

DUTY = "duty@example.com"


def told(engine: Engine, post: Post) -> dict[str, str]:
    """What the environment says of the installation."""
    return {
        "ZHISHOU_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "TEMPORAL_ADDRESS": "127.0.0.1:1",
        "ZHISHOU_MAIL_SERVER": f"smtp://127.0.0.1:{post.port}",
        "ZHISHOU_MAIL_FROM": "zhishou@example.com",
    }


@contextmanager
def sender(environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen((sys.executable, "-m", "sender"), env=os.environ | environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


@pytest.fixture
def mailing(engine: Engine, post: Post, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The command line's environment says so, too."""
    for name, value in told(engine, post).items():
        monkeypatch.setenv(name, value)
    return engine


def zhishou(*arguments: str) -> Result:
    return CliRunner().invoke(application(list(arguments)), arguments)


class TestTheProcess:
    def test_that_is_killed_after_the_server_took_a_mail_sends_the_same_once_more(
        self, engine: Engine, post: Post, say: Say, tmp_path: Path
    ):
        id_ = say("半夜的告警")
        (tmp_path / "sender-before-noted").touch()
        environment = told(engine, post)
        with sender(environment | {"ZHISHOU_FAILPOINTS": str(tmp_path)}) as killed:
            eventually(lambda: killed.poll() is not None, "it dies")
        assert states(engine) == {id_: Delivered.LEAVING}
        with engine.begin() as connection:  # as if the lease were over
            connection.execute(update(DeliveryRow).values(next_at=NOW - timedelta(days=3650)))
        with sender(environment):
            eventually(lambda: states(engine) == {id_: Delivered.SENT}, "the next one sends it")
        first, second = post.came
        assert first["Message-ID"] == second["Message-ID"]
        assert body(first, "plain") == body(second, "plain")

    def test_runs_where_there_is_a_channel(self, tmp_path: Path):
        given = {"home": tmp_path, "temporal_address": "127.0.0.1:1", "database_url": "postgresql://db/zhishou"}
        mail = {
            "mail_server": "smtps://mail",
            "mail_from": "a@example.com",
            "mail_password": "q8Zr!f2Lw0pX",
        }
        assert not any("sender" in str(part) for part in our_parts(Settings.model_validate(given)))
        parts = [str(part) for part in our_parts(Settings.model_validate(given | mail))]
        assert [("q8Zr" in part, "sender" in part) for part in parts if "q8Zr" in part or "sender'" in part] == [
            (True, True)
        ], "the password is the sender's alone"

    def test_what_is_written_down_of_an_installation_holds_no_password(self, tmp_path: Path):
        given = {"home": tmp_path, "temporal_address": "127.0.0.1:1", "database_url": "postgresql://db/zhishou"}
        settings = Settings.model_validate(given | {"mail_password": "q8Zr!f2Lw0pX"})
        assert "q8Zr" not in settings.model_dump_json()
        assert "q8Zr" not in repr(settings)
        assert "q8Zr" not in json.dumps(settings.as_environment())


class TestTheCommandLine:
    def test_sends_somebody_a_message_and_says_what_came_back(self, mailing: Engine, post: Post):
        tried = zhishou("channels", "test", "duty")
        assert (tried.exit_code, tried.stdout) == (0, f"mail  {DUTY}: sent: taken\n")
        assert post.titles(DUTY) == ["值守测试消息"]

    def test_says_why_nothing_went_out(self, mailing: Engine, post: Post):
        post.answers[DUTY] = "550 no such user"
        tried = zhishou("channels", "test", "duty")
        assert (tried.exit_code, tried.stdout) == (1, f"mail  {DUTY}: not sent: 550 no such user\n")

    def test_tries_every_channel_and_says_of_each(self, mailing: Engine, post: Post, monkeypatch: pytest.MonkeyPatch):
        post.answers[DUTY] = "550 no such user"
        with web_server(says(204)) as web:
            monkeypatch.setenv("ZHISHOU_WEBHOOK_URL", f"{web.url}/hook")
            monkeypatch.setenv("ZHISHOU_WEBHOOK_SECRET", NEW)
            monkeypatch.setenv("ZHISHOU_PRIVATE_HOSTS", "127.0.0.1")
            monkeypatch.setenv("ZHISHOU_FEISHU_ROBOT", f"{web.url}/hook/q8Zr2Lw0 SECq8Zr2")
            tried = zhishou("channels", "test", "duty")
        assert tried.stdout.splitlines() == [
            f"mail  {DUTY}: not sent: 550 no such user",
            "webhook  duty: sent: 204",
            "feishu  feishu: not sent: it answers what no robot does",
        ]
        assert tried.exit_code == 1

    @pytest.mark.parametrize("who", ["nobody", "auditor"])
    def test_names_whoever_cannot_be_reached(self, mailing: Engine, who: str):
        tried = zhishou("channels", "test", who)
        assert f"mail  {who} is nobody who can be reached by it: no such person, or no address" in tried.stdout
        assert "`zhishou people change WHO --email ADDRESS`" in tried.stdout
        assert tried.exit_code == 1

    def test_shows_what_is_dead_and_has_it_sent_again(self, mailing: Engine, post: Post, say: Say):
        id_ = say("给经理")
        claimed(mailing)
        with mailing.begin() as connection:
            connection.execute(update(DeliveryRow).values(state=Delivered.DEAD, said="550 no such user"))
        assert zhishou("channels", "dead").stdout == f"{id_}  mail  duty  SENT2222  550 no such user\n"
        assert "1 dead" in zhishou("channels").stdout
        assert "name the messages, or say --all" in str(zhishou("channels", "again").exception)
        assert zhishou("channels", "again", id_).stdout == "1 are sent again\n"
        assert dead(mailing) == []

    def test_lays_down_by_which_channels_messages_leave_and_shows_it(self, mailing: Engine):
        before = zhishou("channels", "rules").stdout
        everything = " ".join(Way)
        assert f"now   *                  {everything} (fixed, loud)\n" in before
        assert zhishou("channels", "rule", "know", "--role", "leader").exit_code == 0
        laid_down = zhishou(
            "channels", "rule", "now", "--first", "mail", "--second", "webhook", "--after", "5", "--fixed"
        )
        assert laid_down.exit_code == 0
        shown = zhishou("channels", "rules").stdout
        assert "now   *                  mail, then webhook after 5 min (fixed)\n" in shown
        assert "know  leader             inbox\n" in shown
        assert "--default lays down nothing else" in str(
            zhishou("channels", "rule", "now", "--default", "--fixed").exception
        )
        for given in (("now",), ("know", "--role", "leader")):
            assert zhishou("channels", "rule", *given, "--default").exit_code == 0
        assert zhishou("channels", "rules").stdout == before

    def test_says_that_no_channel_is_set_up(self, mailing: Engine, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("ZHISHOU_MAIL_SERVER")
        assert "no channel is set up" in zhishou("channels").stdout
        assert "docs/channels.md" in str(zhishou("channels", "test", "duty").exception)


class TestDoctor:
    def test_says_that_nobody_is_reached_outside_the_inbox(self, engine: Engine):
        assert of_channels(engine, Given()).state is State.WARNING

    def test_names_the_channels_that_there_are(self, mailing: Engine, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("ZHISHOU_DINGTALK_ROBOT", "https://oapi.dingtalk.com/robot/send?access_token=q8Zr2Lw0")
        assert of_channels(mailing, Given()).found == "messages leave by mail, dingtalk"

    def test_finds_what_does_not_leave(self, mailing: Engine, say: Say):
        assert of_channels(mailing, Given()).state is State.OK
        say("给经理")
        claimed(mailing)
        with mailing.begin() as connection:
            connection.execute(update(DeliveryRow).values(state=Delivered.DEAD))
            connection.execute(update(ChannelRow).values(failure="450"))
        assert of_channels(mailing, Given()).state is State.WARNING

    def test_names_whoever_is_called_and_would_not_hear_it(self, mailing: Engine, monkeypatch: pytest.MonkeyPatch):
        """The auditor, who has no address either, answers for no ticket."""
        with mailing.begin() as connection:
            connection.execute(update(PersonRow).where(PersonRow.id.in_(["duty", "pm"])).values(email=None, phone=None))
            connection.execute(update(PersonRow).where(PersonRow.id == "leader").values(phone="010-88886666 分机 8001"))
        monkeypatch.setenv("ZHISHOU_VOICE_URL", "https://voice.example.com/a")
        monkeypatch.setenv("ZHISHOU_VOICE_SECRET", NEW)
        by_none, by_telephone = of_reach(mailing, Given())
        assert [each.state for each in (by_none, by_telephone)] == [State.WARNING] * 2
        assert by_none.found.endswith(": duty, pm")
        assert by_telephone.found.endswith(": leader")


class TestSettings:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("mail_server", "mail.example.com"),
            ("mail_server", "smtp://user:secret9@mail"),
            ("mail_from", "x"),
        ],
    )
    def test_that_are_wrong_are_named_and_not_repeated(self, name: str, value: str):
        with pytest.raises(ValueError, match=name) as refusal:
            Given.model_validate({name: value})
        assert "secret9" not in str(refusal.value)
