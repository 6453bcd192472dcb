"""Chats: a message to a robot of ours, as the mail that it is seen to as. Whoever wrote it is known by the product."""

from domain.words.text import without_hidden
from mailroom.links import without_links
from mailroom.mails import Mail
from store.mail.chatting import kept


def as_mail(raw: bytes) -> Mail:
    """What stands in it, on which ticket."""
    said = kept(raw)
    return Mail(
        id=said.id,
        sender=said.sender,
        name=said.name,
        subject="",
        said=without_links(without_hidden(said.text)).strip(),
        refers=(said.after,) if said.after else (),
        vouched=True,
        person=said.person,
        about=said.ticket,
    )
