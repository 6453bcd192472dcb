"""Which channels an installation has."""

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
        found.append(MailChannel(settings, pages))
    for name, receiver in settings.receivers().items():
        way = Way(name)
        is_phone = way in ON_THE_PHONE
        found.append((PhoneChannel if is_phone else WebhookChannel)(receiver, pages, posting, way))
    found += [RobotChannel(Way(name), robot, pages, posting) for name, robot in settings.robots().items()]
    return found
