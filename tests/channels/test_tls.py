"""Mail over TLS, by certificates of openssl: no letter leaves for a server that shows another's, or nobody's."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from channels.channel import DownError
from channels.mail import MailChannel
from channels.sending import said_of
from runtime.mail_settings import Mail
from store.deliveries.claiming import Letter
from store.models import Way
from tests.certified import certified
from tests.channels.post import Post, post_office

LETTER = Letter("letter", Way.MAIL, "王经理", "duty@example.com", ())


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the server were on another machine: of those TLS is demanded."""
    monkeypatch.setattr(Mail, "is_here", lambda _: False)
    monkeypatch.setattr(MailChannel, "message", lambda *_: _message())


def _message() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "zhishou@example.com", LETTER.address, "x"
    message.set_content("x")
    return message


@contextmanager
def server(scheme: str, folder: Path, name: str) -> Iterator[tuple[Post, MailChannel]]:
    """With a certificate of that name; and what sends to it, which knows the server as localhost."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified(folder, name), folder / "key.pem")
    given = {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}
    with post_office(**given) as post:
        told = Mail(mail_server=f"{scheme}://localhost:{post.port}", mail_from="zhishou@example.com")
        yield post, MailChannel(told, "")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
@pytest.mark.parametrize(("name", "is_trusted"), [("localhost", True), ("localhost", False), ("other.example", True)])
async def test_a_letter_leaves_for_a_server_that_shows_its_own_certificate_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, name: str, is_trusted: bool
):
    with server(scheme, tmp_path, name) as (post, channel):
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        if is_trusted and name == "localhost":
            await channel.send(LETTER)
            assert len(post.came) == 1
            return
        with pytest.raises(DownError, match="certificate is not one that this machine trusts for localhost"):
            await channel.send(LETTER)
        assert post.came == []


async def test_a_server_that_begins_in_clear_is_named_as_such():
    with post_office() as post:
        told = Mail(mail_server=f"smtps://localhost:{post.port}", mail_from="zhishou@example.com")
        with pytest.raises(DownError, match="it does not speak TLS: smtps:// is TLS from the start"):
            await MailChannel(told, "").send(LETTER)


@pytest.mark.parametrize("secret", [None, "changeme"])
async def test_a_password_that_cannot_be_read_is_said_of_the_channel_and_names_its_file(
    tmp_path: Path, secret: str | None
):
    """Letters wait for it, and none of them fails by itself."""
    file = tmp_path / "mail-password"
    if secret:
        file.write_text(secret)
    told = Mail(mail_server="smtp://localhost:1", mail_from="zhishou@example.com", mail_password_file=file)
    with pytest.raises(DownError, match="mail-password"):
        await said_of(MailChannel(told, ""), LETTER)
