"""A mailbox over TLS, at a real Dovecot with certificates that openssl has made: another's, or nobody's, is refused."""

from collections.abc import Iterator

import pytest

from channels import mailbox
from runtime.settings import Given
from tests.mailroom.dovecot import PASSWORD, USER, Dovecot, dovecot


@pytest.fixture(scope="module", params=["localhost", "other.example"])
def post(request: pytest.FixtureRequest) -> Iterator[Dovecot]:
    with dovecot(named=request.param) as running:
        yield running


@pytest.fixture(params=["imap", "imaps"])
def given(post: Dovecot, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Given:
    """As if the server were on another machine: of those TLS is demanded."""
    monkeypatch.setattr(Given, "mailbox_is_here", lambda _: False)
    port = post.tls_port if request.param == "imaps" else post.port
    told = {"mailbox": f"{request.param}://localhost:{port}", "mailbox_user": USER, "mailbox_password": PASSWORD}
    return Given.model_validate(told)


def test_is_read_where_the_certificate_is_its_own_and_trusted_alone(
    post: Dovecot, given: Given, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    refused = "its certificate is not one that this machine trusts for that host"
    assert mailbox.tried_out(given) == refused
    monkeypatch.setenv("SSL_CERT_FILE", str(post.home / "certificate.pem"))
    is_its_own = "localhost" in request.node.callspec.params["post"]
    assert mailbox.tried_out(given) == (None if is_its_own else refused)


def test_lets_nobody_in_where_tls_is_asked_for_at_a_port_without_it(post: Dovecot, given: Given):
    wrong = given.model_copy(update={"mailbox": f"imaps://localhost:{post.port}"})
    assert "it does not speak TLS" in str(mailbox.tried_out(wrong))
