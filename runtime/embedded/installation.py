"""The servers that an installation needs and its environment does not name."""

from runtime.embedded.ports import keep_ports
from runtime.embedded.postgres import EmbeddedPostgres
from runtime.embedded.temporal import PORTS, EmbeddedTemporal
from runtime.home import Home
from runtime.settings import Given, Settings
from runtime.supervisor import Part, Service

DATABASE = "zhishou"


class Installation:
    def __init__(self, given: Given, home: Home) -> None:
        self._home = home
        self._postgres = None if given.database_url else self._embedded_postgres(given)
        self._temporal = None if given.temporal_address else self._embedded_temporal(given)
        values = given.model_dump() | {"home": home.path, "temporal": given.temporal}
        if self._postgres:
            values["database_url"] = self._postgres.url(DATABASE)
        if self._temporal:
            values["temporal_address"] = self._temporal.address
            values["temporal"] = self._temporal.ways_in
        self.settings = Settings(**values)

    def servers(self) -> list[Part]:
        """In the order of the start."""
        parts: list[Part] = []
        if postgres := self._postgres:
            parts.append(lambda: postgres.initialise(self._home.logs))
            parts.append(Service(postgres.command(), postgres.is_ready))
            parts.append(lambda: postgres.create_database(DATABASE))
        if temporal := self._temporal:
            parts.append(Service(temporal.command(), temporal.is_ready))
        return parts

    def _embedded_postgres(self, given: Given) -> EmbeddedPostgres:
        return EmbeddedPostgres(self._home.path, keys=given.keys and given.keys.absolute())

    def _embedded_temporal(self, given: Given) -> EmbeddedTemporal:
        ports = keep_ports(self._home.path / "ports.json", PORTS)
        return EmbeddedTemporal(self._home.path, ports, time_skipping=(given.drill_namespace,))
