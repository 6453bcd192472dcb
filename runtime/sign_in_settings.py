"""What an installation is told about signing in: addresses, lives of sessions, identity providers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings

from runtime.errors import StartError
from runtime.secrets import IssuedSecret

#: An address without a path; ours is what browsers see.
Base = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s?#]+$")]
#: An address as a provider publishes it.
Issuer = Annotated[str, StringConstraints(pattern=r"^https?://[^\s?#]+$")]


class Way(StrEnum):
    """How somebody signs in: with a password of ours, or by a provider."""

    PASSWORD = "password"  # noqa: S105  # the word, and no password
    OIDC = "oidc"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


#: Provider by provider, the settings without which it cannot work.
NEEDED = {
    Way.OIDC: ("oidc_issuer", "oidc_client_id"),
    Way.WECOM: ("wecom_corp_id", "wecom_agent_id", "wecom_secret"),
    Way.DINGTALK: ("dingtalk_client_id", "dingtalk_client_secret"),
    Way.FEISHU: ("feishu_app_id", "feishu_app_secret"),
}


class SignIn(BaseSettings):
    """Without any of it people sign in with passwords, on this machine."""

    #: Where browsers reach us; needed with a provider.
    public_url: Base | None = None
    #: Cookies for HTTPS only, where a proxy in front of us ends it without saying so.
    cookie_secure: bool = False
    session_hours: int = Field(default=12, ge=1, le=72)
    session_idle_minutes: int = Field(default=120, ge=5, le=1440)

    oidc_issuer: Issuer | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    oidc_client_secret_file: Path | None = None
    #: Whether a verified address of exactly one person stands for that person.
    oidc_by_email: bool = False

    wecom_corp_id: str | None = None
    wecom_agent_id: str | None = None
    wecom_secret: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    wecom_login_url: Base = "https://login.work.weixin.qq.com"
    wecom_api_url: Base = "https://qyapi.weixin.qq.com"

    dingtalk_client_id: str | None = None
    dingtalk_client_secret: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    dingtalk_login_url: Base = "https://login.dingtalk.com"
    dingtalk_api_url: Base = "https://api.dingtalk.com"
    dingtalk_contacts_url: Base = "https://oapi.dingtalk.com"

    feishu_app_id: str | None = None
    feishu_app_secret: IssuedSecret | None = Field(default=None, repr=False, exclude=True)
    feishu_login_url: Base = "https://accounts.feishu.cn"
    feishu_api_url: Base = "https://open.feishu.cn"

    def secrets_as_environment(self) -> dict[str, str]:
        """What the providers issued, for the one process that shows it to them."""
        issued = {name: getattr(self, name) for name, field in SignIn.model_fields.items() if field.exclude}
        return {f"ZHISHOU_{name.upper()}": value for name, value in issued.items() if value}

    def providers(self) -> list[Way]:
        """The providers that are set up.

        Raises:
            StartError: one is set up in part; the variable that is missing is named.
        """
        names = [name for name, needed in NEEDED.items() if any(getattr(self, setting) for setting in needed)]
        needed = [setting for name in names for setting in NEEDED[name]] + (["public_url"] if names else [])
        if missing := [f"ZHISHOU_{setting.upper()}" for setting in needed if not getattr(self, setting)]:
            raise StartError(f"{', '.join(missing)} must be set for people to sign in by {', '.join(names)}")
        return names
