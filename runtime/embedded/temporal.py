"""The official Temporal server on a SQLite file, as a foreground child on loopback."""

import json
from pathlib import Path
from typing import Any

from runtime.embedded import authority
from runtime.embedded.ports import answers
from runtime.errors import StartError
from runtime.files import private_folder, write_private
from runtime.processes import Program
from runtime.server_build import temporal_server

ROLES = ("frontend", "history", "matching", "worker")
PORTS = tuple(f"temporal-{role}{suffix}" for role in ROLES for suffix in ("", "-membership"))
LOOPBACK = "127.0.0.1"

# Events after which a workflow is told to start afresh.
LONG_HISTORY = 2_000
SHORT_HISTORY = 60


#: Without it the services find each other in the clear, and believe whoever else calls.
BETWEEN_SERVICES = {"system.enableRingpopTLS": [{"value": True}]}


def certificates_of(home: Path) -> Path:
    """Where an installation's own certificates are."""
    return home / "certificates"


class EmbeddedTemporal:
    """The workflow server of one installation. Only workflows of `time_skipping` namespaces may skip time.

    In `short_histories` namespaces a workflow is told early to start afresh, for tests; so is `durable=False`.
    """

    def __init__(
        self,
        home: Path,
        ports: dict[str, int],
        *,
        time_skipping: tuple[str, ...],
        short_histories: tuple[str, ...] = (),
        durable: bool = True,
    ) -> None:
        self._durable = durable
        self._folder = private_folder(home / "temporal")
        self._ports = ports
        self._certificates = authority.ensure(certificates_of(home))
        self._dynamic = dynamic_configuration(time_skipping, short_histories) | BETWEEN_SERVICES

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self._ports['temporal-frontend']}"

    @property
    def ways_in(self) -> dict[str, str]:
        """What its clients are told, beside the address."""
        return authority.client_variables(self._certificates)

    def command(self) -> Program:
        """Also writes the configuration, which is in YAML's JSON form."""
        if not temporal_server().is_file():
            raise StartError(f"there is no Temporal server at {temporal_server()}; `make run` builds one")
        write_private(self._folder / "dynamic.yaml", json.dumps(self._dynamic, indent=1))
        write_private(self._folder / "server.yaml", json.dumps(self._configuration(), indent=1))
        return Program(
            name="temporal",
            argv=(str(temporal_server()), "--config-file", "server.yaml", "--allow-no-auth", "start"),
            # Where many work at once memory is cheaper than to look for what of it is unused.
            environment={} if self._durable else {"GOGC": "400"},
            folder=self._folder,
        )

    def is_ready(self) -> bool:
        return answers(self._ports["temporal-frontend"])

    def _configuration(self) -> dict[str, Any]:
        return {
            "log": {"stdout": True, "level": "warn"},
            "persistence": _persistence(durable=self._durable),
            "global": {
                "membership": {"maxJoinDuration": "30s", "broadcastAddress": LOOPBACK},
                "tls": authority.server_configuration(self._certificates),
            },
            "services": {role: {"rpc": self._rpc(role)} for role in ROLES},
            "clusterMetadata": {
                "enableGlobalNamespace": False,
                "failoverVersionIncrement": 10,
                "masterClusterName": "active",
                "currentClusterName": "active",
                "clusterInformation": {
                    "active": {
                        "enabled": True,
                        "initialFailoverVersion": 1,
                        "rpcName": "frontend",
                        "rpcAddress": self.address,
                    }
                },
            },
            "dcRedirectionPolicy": {"policy": "noop"},
            "dynamicConfigClient": {"filepath": "dynamic.yaml", "pollInterval": "10s"},
        }

    def _rpc(self, role: str) -> dict[str, Any]:
        name = f"temporal-{role}"
        membership = self._ports[f"{name}-membership"]
        return {"grpcPort": self._ports[name], "membershipPort": membership, "bindOnIP": LOOPBACK}


def dynamic_configuration(time_skipping: tuple[str, ...], short_histories: tuple[str, ...]) -> dict[str, Any]:
    skipping = [{"value": True, "constraints": {"namespace": name}} for name in time_skipping]
    short = [{"value": SHORT_HISTORY, "constraints": {"namespace": name}} for name in short_histories]
    return {
        "frontend.WorkflowTimeSkippingEnabled": [*skipping, {"value": False}],
        # It would tell its makers over the network that it is there.
        "frontend.enableServerVersionCheck": [{"value": False}],
        # Long before the server would warn, so that a worker never replays for long.
        "limit.historyCount.suggestContinueAsNew": [*short, {"value": LONG_HISTORY}],
        # A workflow whose tasks fail says so in the list, where the watchdog finds it among any number.
        "system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute": [{"value": 2}],
        # Each skip over a timer costs this much of real time.
        "history.timerProcessorMaxTimeShift": [{"value": "50ms"}],
    }


def _persistence(*, durable: bool) -> dict[str, Any]:
    return {
        "defaultStore": "sqlite",
        "visibilityStore": "sqlite",
        "numHistoryShards": 4,
        "datastores": {"sqlite": {"sql": _sqlite(durable=durable)}},
    }


def _sqlite(*, durable: bool) -> dict[str, Any]:
    return {
        "pluginName": "sqlite",
        "databaseName": "temporal.db",
        "connectAddr": "localhost",
        "connectProtocol": "tcp",
        "connectAttributes": {
            "mode": "rwc",
            "cache": "private",
            # Makes the schema; of an existing one the server knows that it is there.
            "setup": "true",
            "busy_timeout": "10000",
            "journal_mode": "wal",
            "synchronous": "2" if durable else "0",
        },
        "maxConns": 1,
        "maxIdleConns": 1,
    }
