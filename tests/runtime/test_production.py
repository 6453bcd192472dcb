"""The files of a production installation: what can be said of them without running containers."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from runtime.bootstrap import UV
from runtime.embedded.temporal import dynamic_configuration
from runtime.server_build import VERSION
from runtime.settings import Settings

PROJECT = Path(__file__).parent.parent.parent
COMPOSE = (PROJECT / "docker-compose.yml").read_text()
SAMPLE = (PROJECT / ".env.example").read_text()


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE))


@pytest.fixture(scope="module")
def services(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return dict(compose["services"])


def test_only_the_api_is_published_and_only_to_this_host_unless_told(services: dict[str, dict[str, Any]]):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert published == {"api": ["${ZHISHOU_PUBLISH:-127.0.0.1:8080}:8080"]}


def test_the_servers_and_their_web_page_are_on_a_network_without_a_way_out(compose: dict[str, Any]):
    assert compose["networks"]["inside"] == {"internal": True}
    reaching_out = {name for name, service in compose["services"].items() if "outside" in service["networks"]}
    assert reaching_out == {"api", "worker", "watchdog", "sender", "receiver"}


def test_others_are_asked_to_watch_the_log_by_whoever_archives(services: dict[str, dict[str, Any]]):
    """And the files of their roots lie where the settings can name them."""
    watchdog = services["watchdog"]
    assert {"ZHISHOU_WITNESSES", "ZHISHOU_TIMESTAMPS"} <= watchdog["environment"].keys()
    assert "./authorities:/etc/zhishou/authorities:ro" in watchdog["volumes"]


def test_whoever_archives_alone_gets_into_the_store_of_the_archive(services: dict[str, dict[str, Any]]):
    told = {name for name, each in services.items() for file in each.get("env_file", ()) if ".archive" in file["path"]}
    assert told == {"watchdog"}


@pytest.mark.parametrize("name", ["postgres", "temporal", "api"])
def test_what_others_wait_for_can_say_that_it_is_well(services: dict[str, dict[str, Any]], name: str):
    assert services[name]["healthcheck"]["test"][0] == "CMD"


def test_parts_start_in_the_order_of_what_they_need(services: dict[str, dict[str, Any]]):
    needs = {name: set(service.get("depends_on", ())) for name, service in services.items()}
    assert needs["temporal-schema"] == {"postgres"}
    assert needs["temporal"] == {"temporal-schema"}
    assert needs["migrate"] == {"temporal"}
    assert needs["api"] == needs["worker"] == needs["watchdog"] == needs["sender"] == needs["receiver"] == {"migrate"}


def test_ours_have_no_rights(services: dict[str, dict[str, Any]]):
    for name in ("migrate", "api", "worker", "watchdog", "sender", "receiver"):
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["read_only"] is True
    assert "\nUSER zhishou\n" in (PROJECT / "Dockerfile").read_text()


def test_every_secret_must_be_given():
    secrets = re.findall(r"\$\{(\w*PASSWORD)([^}]*)\}", COMPOSE)
    assert {name for name, _ in secrets} == {
        "POSTGRES_PASSWORD",
        "TEMPORAL_DB_PASSWORD",
        "ZHISHOU_DB_PASSWORD",
    }
    assert {rest for _, rest in secrets} == {":?set it in .env"}


def test_the_sample_names_every_variable_and_holds_no_secret():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE))
    named = dict(re.findall(r"^#?(\w+)=(.*)$", SAMPLE, re.MULTILINE))
    assert set(named) == used
    assert not [name for name, value in named.items() if "PASSWORD" in name and value]


def test_the_sample_tells_the_defaults_that_hold():
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]*)\}", COMPOSE))
    assert defaults == dict(re.findall(r"^#(\w+)=(.*)$", SAMPLE, re.MULTILINE))


def test_production_and_the_embedded_installation_run_the_same_temporal(compose: dict[str, Any]):
    assert f"${{TEMPORAL_VERSION:-{VERSION}}}" in compose["services"]["temporal"]["image"]
    assert f"${{TEMPORAL_VERSION:-{VERSION}}}" in compose["services"]["temporal-schema"]["image"]
    production = yaml.safe_load(compose["configs"]["temporal-dynamic"]["content"])
    drill = Settings.model_fields["drill_namespace"].default
    assert production == dynamic_configuration((drill,), short_histories=())


def test_the_image_is_built_with_the_tool_of_the_set_up():
    assert f"pip install --no-cache-dir {UV}\n" in (PROJECT / "Dockerfile").read_text()
