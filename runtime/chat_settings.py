"""What an installation is told about people who write to its robots: what each product's messages are known by."""

from pathlib import Path
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from runtime.channel_settings import App, held
from runtime.errors import StartError

#: Product by product what its page of settings shows, in the order in which it is written down.
WORDS_OF_CHATS = {
    "wecom": ("token", "EncodingAESKey", "corp id"),
    "feishu": ("verification token", "encrypt key", "app id", "app secret"),
    "dingtalk": ("client id", "client secret"),
}


class WeComChat(NamedTuple):
    """Messages of WeCom: what signs them, what seals them, and for which company they are."""

    token: str
    key: str
    corp: str


class FeishuChat(NamedTuple):
    """Messages of Feishu: what they bear, what seals and signs them, and the app that answers."""

    token: str
    key: str
    app: App


class DingTalkChat(NamedTuple):
    """Messages of DingTalk: the app whose secret signs them."""

    app: App


def _words(words: str) -> str:
    if len(words.split()) not in map(len, WORDS_OF_CHATS.values()):
        raise PydanticCustomError("secret", "has too few words, or too many: docs/channels.md says which")
    return words


ChatWords = Annotated[str, AfterValidator(_words)]


def _secret() -> Any:  # noqa: ANN401  # as pydantic types its fields
    return Field(default=None, repr=False, exclude=True)


class Chats(BaseSettings):
    """Without any of it nobody writes to a robot of ours."""

    model_config = SettingsConfigDict(env_prefix="ZHISHOU_", env_ignore_empty=True, hide_input_in_errors=True)

    wecom_chat: ChatWords | None = _secret()
    wecom_chat_file: Path | None = None
    dingtalk_chat: ChatWords | None = _secret()
    dingtalk_chat_file: Path | None = None
    feishu_chat: ChatWords | None = _secret()
    feishu_chat_file: Path | None = None

    def chats(self) -> tuple[str, ...]:
        """The products whose robots people write to.

        Raises:
            StartError: one is known by too few words, or by too many.
        """
        return tuple(name for name in WORDS_OF_CHATS if self._told(name))

    def wecom_messages(self) -> WeComChat | None:
        """How a message of WeCom is known; None: it is not set up."""
        told = self._told("wecom")
        return WeComChat(*told) if told else None

    def feishu_messages(self) -> FeishuChat | None:
        """The same of Feishu."""
        told = self._told("feishu")
        return FeishuChat(told[0], told[1], App((told[2],), told[3])) if told else None

    def dingtalk_messages(self) -> DingTalkChat | None:
        """The same of DingTalk."""
        told = self._told("dingtalk")
        return DingTalkChat(App((told[0],), told[1])) if told else None

    def _told(self, name: str) -> list[str]:
        words = (held(getattr(self, f"{name}_chat_file"), _words) or getattr(self, f"{name}_chat") or "").split()
        if words and len(words) != len(WORDS_OF_CHATS[name]):
            raise StartError(f"ZHISHOU_{name.upper()}_CHAT must be {', '.join(WORDS_OF_CHATS[name])}, spaces between")
        return words

    def chat_secrets(self) -> dict[str, str]:
        """For the API alone, to which the products post."""
        told = {name: getattr(self, f"{name}_chat") for name in WORDS_OF_CHATS}
        return {f"ZHISHOU_{name.upper()}_CHAT": words for name, words in told.items() if words}

    def chat_files(self) -> list[Path]:
        """What holds them, and is to be closed to others."""
        return [file for name in WORDS_OF_CHATS if (file := getattr(self, f"{name}_chat_file"))]
