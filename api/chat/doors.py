"""Doors: the products whose robots people write to, as an installation is told of them."""

from dataclasses import dataclass
from typing import Self

from channels.apps.dingtalk import DingTalkApp
from channels.apps.feishu import FeishuApp
from channels.posting import Posting
from runtime.chat_settings import DingTalkChat, FeishuChat, WeComChat
from runtime.settings import Given


@dataclass(frozen=True, slots=True)
class Doors:
    """By what the messages of each are known, and the apps that answer or are asked who somebody is."""

    wecom: WeComChat | None = None
    feishu: tuple[FeishuChat, FeishuApp] | None = None
    dingtalk: tuple[DingTalkChat, DingTalkApp] | None = None

    @classmethod
    def of(cls, settings: Given) -> Self:
        """Those that are set up."""
        pages, posting = settings.address, Posting(settings.hosts_within)
        feishu, dingtalk = settings.feishu_messages(), settings.dingtalk_messages()
        contacts = settings.dingtalk_contacts_url
        return cls(
            settings.wecom_messages(),
            feishu and (feishu, FeishuApp(feishu.app, settings.feishu_api_url, pages, posting)),
            dingtalk
            and (dingtalk, DingTalkApp(dingtalk.app, settings.dingtalk_api_url, pages, posting, contacts=contacts)),
        )
