"""Which channels an installation has."""

from collections.abc import Iterator

from channels.apps.dingtalk import DingTalkApp
from channels.apps.feishu import FeishuApp
from channels.apps.wecom import WeComApp
from channels.channel import Channel
from channels.mail import MailChannel
from channels.phones import PhoneChannel
from channels.posting import Posting
from channels.robots import RobotChannel
from channels.webhook import WebhookChannel
from domain.audience.reaching import ON_THE_PHONE
from runtime.settings import Given
from store.models import Way


def channels(settings: Given) -> list[Channel]:
    """Those that are set up.

    Raises:
        StartError: one is set up in part; the variable that is missing is named.
    """
    pages, posting = settings.address, Posting(settings.hosts_within)
    found: list[Channel] = []
    if settings.sends_mail():
        answers = next(iter(settings.own_addresses()), "") if settings.mailbox else ""
        found.append(MailChannel(settings, pages, answers))
    for name, receiver in settings.receivers().items():
        way = Way(name)
        is_phone = way in ON_THE_PHONE
        found.append((PhoneChannel if is_phone else WebhookChannel)(receiver, pages, posting, way))
    found += _apps(settings, pages, posting)
    found += [RobotChannel(Way(name), robot, pages, posting) for name, robot in settings.robots().items()]
    return found


def _apps(settings: Given, pages: str, posting: Posting) -> Iterator[Channel]:
    for name, app in settings.apps().items():
        match name:
            case "wecom":
                yield WeComApp(app, settings.wecom_api_url, pages, posting)
            case "dingtalk":
                yield DingTalkApp(
                    app, settings.dingtalk_api_url, pages, posting, contacts=settings.dingtalk_contacts_url
                )
            case _:
                yield FeishuApp(app, settings.feishu_api_url, pages, posting)
