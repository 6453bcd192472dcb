"""Secrets that an installation is given."""

import re
import secrets
from pathlib import Path

import pytest
from pydantic import ValidationError

from runtime.errors import StartError
from runtime.secrets import refusal, secret_in
from runtime.settings import Given, Settings

PROJECT = Path(__file__).parent.parent.parent
GOOD = secrets.token_hex(32)
EXAMPLES = [
    "changeme-changeme-changeme-changeme",
    "CHANGE_ME_CHANGE_ME_CHANGE_ME_CHANGE_ME",
    "your-secret-key-here-your-secret-key-here",
    "postgres-password-for-zhishou-example",
    "replace-this-with-a-secret-of-your-own"[:31] + "-password",
    "passwordpasswordpasswordpassword",
    "a" * 64,
    "abcabcabcabcabcabcabcabcabcabcabcabc",
    "01234567890123456789012345678901",
    "x" * 31 + "-",
]


class TestASecret:
    @pytest.mark.parametrize("example", EXAMPLES)
    def test_that_is_an_example_is_refused(self, example: str):
        """CVE-2024-28987: a credential that everybody knows is none. The reason does not repeat it."""
        reason = refusal(example)
        assert reason
        assert example not in reason

    def test_of_fewer_than_32_characters_is_refused(self):
        """And 32 are enough."""
        assert "openssl rand -hex 32" in str(refusal(GOOD[:31]))
        assert refusal(GOOD[:32]) is None

    def test_that_is_random_is_taken(self):
        """However it is written."""
        makers = (secrets.token_hex, secrets.token_urlsafe)
        assert not [made for make in makers for _ in range(500) if refusal(made := make(32))]

    def test_of_our_documents_is_refused(self):
        """Whatever stands behind the name of a secret there, somebody will copy."""
        pages = [
            PROJECT / ".env.example",
            PROJECT / "docker-compose.yml",
            *PROJECT.glob("*.md"),
            *PROJECT.glob("docs/*.md"),
        ]
        found = re.findall(
            r"^[^\n]*?\b\w*(?:SECRET|PASSWORD)\s*[=:][ \t]*(\S+)", "\n".join(map(Path.read_text, pages)), re.MULTILINE
        )
        assert not [value for value in found if not value.startswith("$") and refusal(value) is None]

    def test_in_a_file_is_refused_too(self, tmp_path: Path):
        """By the file's name."""
        file = tmp_path / "secret"
        file.write_text("changeme-changeme\n")
        with pytest.raises(StartError, match=str(file)):
            secret_in(file)
        file.write_text(f"{GOOD}\n")
        assert secret_in(file) == GOOD


class TestTheEnvironment:
    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("ZHISHOU_OIDC_CLIENT_SECRET", "changeme-changeme"),
            ("ZHISHOU_WECOM_SECRET", "your-secret-here"),
            ("ZHISHOU_DINGTALK_CLIENT_SECRET", "1234567890"),
            ("ZHISHOU_FEISHU_APP_SECRET", "tooshrt"),
            ("ZHISHOU_DATABASE_URL", "postgresql://zhishou:hunter2butlonger@db/zhishou"),
            ("ZHISHOU_DATABASE_URL", f"postgresql://zhishou:{'change-me-' * 4}@db/zhishou"),
        ],
    )
    def test_stops_the_start_where_it_holds_none(self, monkeypatch: pytest.MonkeyPatch, variable: str, value: str):
        """The variable is named; its value appears nowhere, not even in a traceback."""
        monkeypatch.setenv(variable, value)
        with pytest.raises(ValidationError) as refused:
            Given()
        assert variable.removeprefix("ZHISHOU_").lower() in str(refused.value)
        assert value not in str(refused.value)
        assert "hunter2" not in str(refused.value)

    @pytest.mark.parametrize(
        "url",
        ["postgresql:///zhishou?host=/run/zhishou", f"postgresql://zhishou:{GOOD}@db/zhishou", "postgresql://db/z"],
        ids=["the kernel", "a good password", "other means"],
    )
    def test_may_name_a_database_that_is_guarded(self, url: str):
        """By a good password, by the kernel, or by other means than a password."""
        assert Settings(temporal_address="t:1", database_url=url).database_url == url

    def test_keeps_secrets_of_providers_out_of_what_is_written_down(self, monkeypatch: pytest.MonkeyPatch):
        """Children read the environment themselves."""
        monkeypatch.setenv("ZHISHOU_OIDC_CLIENT_SECRET", GOOD)
        settings = Settings(temporal_address="t:1", database_url="postgresql:///z")
        assert settings.oidc_client_secret == GOOD
        assert GOOD not in settings.model_dump_json() + repr(settings) + str(settings.as_environment())

    def test_names_what_a_provider_still_needs(self):
        """Before anybody tries to sign in."""
        with pytest.raises(StartError, match="ZHISHOU_WECOM_AGENT_ID, ZHISHOU_WECOM_SECRET, ZHISHOU_PUBLIC_URL"):
            Given(wecom_corp_id="corp").providers()
        assert Given().providers() == []
