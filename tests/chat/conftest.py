"""A served API that hears from the three products, which answer as documented, and the receiver as a process."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from temporalio.client import Client

from runtime.settings import Settings
from store.models import MailRow, PersonRow
from store.registry.confirmations import bind
from tests.api.conftest import desk  # noqa: F401  # a fixture
from tests.channels.web import Web, says, web_server
from tests.chat.posting import SETTINGS
from tests.conftest import NAMESPACE
from tests.patience import PATIENCE_S
from tests.security.registered import contract
from tests.served import Served

#: What each product calls the customer's contact.
SUBJECTS = {"wecom": "liu.yaqin", "feishu": "on_liu", "dingtalk": "union-liu"}
#: All that the products' programs are asked: a token, who somebody is, to say something.
_ANSWERS = {
    "errcode": 0,
    "code": 0,
    "access_token": "t-1",
    "accessToken": "t-1",
    "tenant_access_token": "t-1",
    "expire": 7200,
    "expireIn": 7200,
    "result": {"unionid": SUBJECTS["dingtalk"]},
}


@pytest.fixture(scope="module")
def products() -> Iterator[Web]:
    with web_server(says(200, _ANSWERS)) as web:
        yield web


@pytest.fixture(scope="module")
def settings(
    client: Client,
    temporal_address: str,
    demo_database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    products: Web,
) -> Settings:
    places = ("feishu_api_url", "dingtalk_api_url", "dingtalk_contacts_url")
    given = {
        "home": Path(tmp_path_factory.mktemp("home")),
        "temporal_address": temporal_address,
        "database_url": demo_database_url,
        "namespace": NAMESPACE,
        "task_queue": f"api-{uuid.uuid4().hex}",
        "private_hosts": "127.0.0.1",
    }
    return Settings.model_validate(given | SETTINGS | dict.fromkeys(places, products.url))


@pytest.fixture(scope="module")
def hearing(desk: Served) -> Iterator[Served]:  # noqa: F811  # the fixture above
    """While the receiver sees to what is written; the contact has an account of each product."""
    for product, subject in SUBJECTS.items():
        bind(desk.engine, "customer", (product, subject), now=datetime.now(UTC))
    process = subprocess.Popen((sys.executable, "-m", "receiver"), env=os.environ | desk.settings.as_environment())
    yield desk
    process.terminate()
    process.wait(PATIENCE_S)


@pytest.fixture(autouse=True)
def theirs(desk: Served) -> str:  # noqa: F811  # the fixture above
    """The customer that the contact acts for, of this test alone; no message of another one waits."""
    its = contract(desk).split("/")[-3]
    with desk.engine.begin() as connection:
        connection.execute(delete(MailRow))
        connection.execute(update(PersonRow).where(PersonRow.id == "customer").values(customers=(its,)))
    return its
