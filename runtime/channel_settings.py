"""What an installation is told about its channels: mail, a webhook, gateways to telephones, robots in groups, apps."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from runtime.errors import StartError
from runtime.mail_settings import Mail
from runtime.words import is_address, listed, struck_out

#: What a secret of the Standard Webhooks rules begins with, and how many bytes it has.
PREFIX, _SHORTEST, _LONGEST = "whsec_", 24, 64
_MAKE_ONE = f"must be {PREFIX} and {_SHORTEST} to {_LONGEST} bytes in base64: {PREFIX}$(openssl rand -base64 32)"
#: The programs that letters are posted to, by the rules.
RECEIVERS = ("webhook", "sms", "voice")
#: Whose robots and apps there are.
PRODUCTS = ("wecom", "dingtalk", "feishu")
#: What an app is known by: of WeCom corp id, agent id and secret; of the others id and secret.
_WORDS_OF_APPS = {"wecom": 3, "dingtalk": 2, "feishu": 2}
_OF_APPS = "must be the app's id and secret with a space between them; of WeCom corp id, agent id and secret"
#: What their products' addresses are made of beside what is secret; and what is too short to be it.
_OF_PRODUCTS = frozenset({"cgi-bin", "webhook", "robot", "send", "open-apis", "bot", "v2", "hook"})
_TOO_SHORT = 4


class Robot(NamedTuple):
    """A robot in a group: its address, as its product shows it, and the secret that it wants signatures by."""

    url: str
    secret: str | None = None

    def __repr__(self) -> str:
        """Its host alone."""
        return f"Robot({urlsplit(self.url).hostname})"

    def hidden(self, words: str) -> str:
        """Without what is secret, should a server have said it."""
        return struck_out(words, self._secrets())

    def _secrets(self) -> set[str]:
        """Whatever an installation's address has that no product's has."""
        parts = urlsplit(self.url)
        of_query = (each.partition("=")[2] or each for each in parts.query.split("&"))
        of_path = (each for each in parts.path.split("/") if each not in _OF_PRODUCTS)
        of_address = {each for each in (*of_path, *of_query) if len(each) >= _TOO_SHORT}
        return of_address | ({self.secret} if self.secret else set())


class App(NamedTuple):
    """An app of the company's own, as its product knows it: its names, and its secret behind them."""

    names: tuple[str, ...]
    secret: str

    def __repr__(self) -> str:
        """Without its secret."""
        return f"App{self.names}"


@dataclass(frozen=True, slots=True)
class Receiver:
    """A program that letters are posted to: its address, and what it knows us by."""

    url: str
    _secret: str | None = field(default=None, repr=False)
    _file: Path | None = None

    def secrets(self) -> list[str]:
        """One; several while the receiver changes from one to the next.

        Raises:
            StartError: the file holds none.
        """
        return (held(self._file, _secrets) or self._secret or "").split()


def _url(url: str) -> str:
    if not is_address(url):
        raise ValueError("is no address that could be posted to: https://HOST/PATH")
    return url


def _refusal(secret: str) -> str | None:
    """Why it is no secret of the rules; None: it is one."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return _MAKE_ONE
    is_one = secret.startswith(PREFIX) and _SHORTEST <= len(key) <= _LONGEST and len(set(key)) > 1
    return None if is_one else _MAKE_ONE


def _secrets(words: str) -> str:
    if reason := next(filter(None, map(_refusal, words.split())), None if words.split() else _MAKE_ONE):
        raise PydanticCustomError("secret", "{reason}", {"reason": reason})
    return words


def _robot(words: str) -> str:
    if not 1 <= len(words.split()) <= 2 or not is_address(words.split(maxsplit=1)[0]):
        reason = "must be the address that the group shows, and behind a space the secret if it signs"
        raise PydanticCustomError("secret", "{reason}", {"reason": reason})
    return words


def _app(words: str) -> str:
    if len(words.split()) not in _WORDS_OF_APPS.values():
        raise PydanticCustomError("secret", "{reason}", {"reason": _OF_APPS})
    return words


Url = Annotated[str, AfterValidator(_url)]
Secrets = Annotated[str, AfterValidator(_secrets)]
AppWords = Annotated[str, AfterValidator(_app)]
RobotWords = Annotated[str, AfterValidator(_robot)]


def _secret() -> Any:  # noqa: ANN401  # as pydantic types its fields
    return Field(default=None, repr=False, exclude=True)


class Channels(Mail):
    """Without any of it messages stay in the inbox."""

    webhook_url: Url | None = None
    #: One; several with spaces between them while the receiver changes from one to the next.
    webhook_secret: Secrets | None = _secret()
    webhook_secret_file: Path | None = None
    sms_url: Url | None = None
    sms_secret: Secrets | None = _secret()
    sms_secret_file: Path | None = None
    voice_url: Url | None = None
    voice_secret: Secrets | None = _secret()
    voice_secret_file: Path | None = None
    wecom_robot: RobotWords | None = _secret()
    wecom_robot_file: Path | None = None
    dingtalk_robot: RobotWords | None = _secret()
    dingtalk_robot_file: Path | None = None
    feishu_robot: RobotWords | None = _secret()
    feishu_robot_file: Path | None = None
    wecom_app: AppWords | None = _secret()
    wecom_app_file: Path | None = None
    dingtalk_app: AppWords | None = _secret()
    dingtalk_app_file: Path | None = None
    feishu_app: AppWords | None = _secret()
    feishu_app_file: Path | None = None
    #: Hosts that a channel may reach though their addresses are private, with commas between them.
    private_hosts: str = ""

    def has_channels(self) -> bool:
        """Whether anything leaves the machine.

        Raises:
            StartError: a channel is set up in part; the variable that is missing is named.
        """
        return any([self.sends_mail(), *self.receivers(), *self.robots(), *self.apps()])

    def receivers(self) -> dict[str, Receiver]:
        """Those that are set up.

        Raises:
            StartError: one is in part; the variable that is missing is named. Or it would be reached in clear.
        """
        return dict(self._receivers())

    def _receivers(self) -> Iterator[tuple[str, Receiver]]:
        for name in RECEIVERS:
            url, secret, file = (getattr(self, f"{name}_{part}") for part in ("url", "secret", "secret_file"))
            if url is None:
                continue
            variable = f"ZHISHOU_{name.upper()}"
            if not (secret or file):
                raise StartError(f"{variable}_SECRET_FILE, or {variable}_SECRET, must be set for {variable}_URL")
            self._refuse_clear(f"{variable}_URL", url)
            yield name, Receiver(url, secret, file)

    def robots(self) -> dict[str, Robot]:
        """Those that are set up, by their products.

        Raises:
            StartError: a file holds no address, or one would be reached in clear.
        """
        return dict(self._robots())

    def _robots(self) -> Iterator[tuple[str, Robot]]:
        for name in PRODUCTS:
            words = held(getattr(self, f"{name}_robot_file"), _robot) or getattr(self, f"{name}_robot")
            if words:
                robot = Robot(*words.split())
                self._refuse_clear(f"ZHISHOU_{name.upper()}_ROBOT", robot.url)
                yield name, robot

    def apps(self) -> dict[str, App]:
        """Those that are set up, by their products.

        Raises:
            StartError: one is known by too few words, or by too many.
        """
        return dict(self._apps())

    def _apps(self) -> Iterator[tuple[str, App]]:
        for name in PRODUCTS:
            words = (held(getattr(self, f"{name}_app_file"), _app) or getattr(self, f"{name}_app") or "").split()
            if words and len(words) != _WORDS_OF_APPS[name]:
                raise StartError(f"ZHISHOU_{name.upper()}_APP {_OF_APPS}")
            if words:
                yield name, App(tuple(words[:-1]), words[-1])

    @property
    def hosts_within(self) -> frozenset[str]:
        """Hosts that a channel may reach in our own network."""
        return frozenset(each.lower() for each in listed(self.private_hosts))

    def _refuse_clear(self, name: str, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname not in self.hosts_within:
            raise StartError(f"{name} must begin with https://, or ZHISHOU_PRIVATE_HOSTS must name its host")

    def channel_secrets(self) -> dict[str, str]:
        """For the one process that sends."""
        return {f"ZHISHOU_{name.upper()}": value for name, value in self.issued().items() if value}

    def issued(self) -> dict[str, str | None]:
        """What others have given us, and is written down nowhere."""
        return {name: getattr(self, name) for name, field in Channels.model_fields.items() if field.exclude}

    def secret_files(self) -> list[Path]:
        """What holds secrets, and is to be closed to others."""
        return [file for name in Channels.model_fields if name.endswith("_file") and (file := getattr(self, name))]


def held(file: Path | None, check: Any) -> str | None:  # noqa: ANN401  # a validator as pydantic has them
    """What an administrator keeps in a file."""
    if file is None:
        return None
    try:
        return str(check(file.read_text().strip()))
    except (PydanticCustomError, OSError) as failure:
        reason = failure.message() if isinstance(failure, PydanticCustomError) else type(failure).__name__
        raise StartError(f"{file}: {reason}") from None
