"""Which channels an installation has."""

from channels.channel import Channel
from channels.mail import MailChannel
from runtime.settings import Settings


def channels(settings: Settings) -> list[Channel]:
    """Those that are set up.

    Raises:
        StartError: one is set up in part; the variable that is missing is named.
    """
    return [MailChannel(settings, settings.address)] if settings.sends_mail() else []
