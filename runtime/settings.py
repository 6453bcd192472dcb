"""What an installation is told by its environment, or by the one that runs on this machine."""

import ipaddress
import os
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AliasChoices, Field, StringConstraints, field_serializer, model_validator
from pydantic_settings import SettingsConfigDict

from evidence.faults import EvidenceError
from evidence.notes import COSIGNATURE, PublicKey
from runtime.channel_settings import Channels
from runtime.chat_settings import Chats
from runtime.home import Home
from runtime.mailbox_settings import Mailbox
from runtime.secrets import DatabaseUrl
from runtime.sign_in_settings import SignIn
from runtime.temporal_settings import kept_aside, told, ways_in, written_down
from runtime.words import is_address, listed

TEMPORAL_ADDRESS = AliasChoices("temporal_address", "TEMPORAL_ADDRESS")

#: A bucket, and what the names of objects in it begin with.
_BUCKET = r"^s3://[a-z0-9][a-z0-9.-]+[a-z0-9](/[A-Za-z0-9._-]+)*$"
#: Every address of this machine.
_ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104  # recognised, not bound


def _networks(words: str) -> str:
    for word in listed(words):
        ipaddress.ip_network(word)
    return words


def _witnesses(words: str) -> str:
    for word in listed(words):
        url, _, key = word.partition(" ")
        try:
            PublicKey.parse(key, COSIGNATURE)
        except EvidenceError:
            raise ValueError(f"{word!r} is not the address of a witness and its key") from None
        if not is_address(url):
            raise ValueError("it is no address of a witness; no password may stand in it")
    return words


def _timestamps(words: str) -> str:
    for word in listed(words):
        url, _, file = word.partition(" ")
        if not is_address(url) or not file.strip():
            raise ValueError("it is the address of a time-stamp authority and the file of its roots; no password")
    return words


class Given(SignIn, Channels, Mailbox, Chats):
    """Known before anything runs. For a server that the environment names no embedded one is started."""

    model_config = SettingsConfigDict(
        env_prefix="ZHISHOU_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    home: Path = Field(default_factory=lambda: Path.home() / ".local/share/zhishou")
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    #: Further names by which callers may ask for us, as proxies and probes do, with commas between them.
    host_names: str = ""
    #: Addresses or networks of the proxies before us, with commas between them: nobody else says who a caller is.
    trusted_proxies: Annotated[str, AfterValidator(_networks)] = ""
    temporal_address: str | None = Field(default=None, validation_alias=TEMPORAL_ADDRESS)
    #: How to get into Temporal, in Temporal's own variables.
    temporal: dict[str, str] = Field(default_factory=ways_in, repr=False)
    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    namespace: str = "zhishou"
    drill_namespace: str = "zhishou-drill"
    task_queue: str = "zhishou"
    #: Whether of several builds of the worker one decides, and which one by what it can replay.
    worker_versions: bool = False
    #: The number that customers call where their contract's document names none.
    hotline: Annotated[str, StringConstraints(pattern=r"^[0-9+*#() -]{0,32}$")] = ""
    #: Where attachments are kept, by all processes of the API; default: in the home.
    uploads: Path | None = None
    #: The folder of a built console, or `none`; default: what was shipped or built here.
    console: str | None = None
    #: Of one attachment, in bytes.
    upload_limit: int = Field(default=20 * 1024 * 1024, ge=1)
    #: Files that a ticket takes, and their bytes; of people outside half of each.
    ticket_files: int = Field(default=400, ge=2)
    ticket_bytes: int = Field(default=1024**3, ge=2)

    @model_validator(mode="before")
    @classmethod
    def _as_temporal_is_told(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Address and namespace may stand where every program of Temporal's looks for them."""
        given = values | ({"temporal_address": values["TEMPORAL_ADDRESS"]} if "TEMPORAL_ADDRESS" in values else {})
        return told() | given

    @field_serializer("temporal")
    def _written_down(self, variables: dict[str, str]) -> dict[str, str]:
        """Without what is secret: children and other terminals read that from the environment."""
        return written_down(variables)

    @property
    def uploads_folder(self) -> Path:
        """Where attachments are kept."""
        return (self.uploads or self.home / "uploads").expanduser()

    @property
    def listens_everywhere(self) -> bool:
        """Whether it is bound to every address of this machine."""
        return self.host in _ANYWHERE

    @property
    def address(self) -> str:
        """Where links lead: what browsers see, else where it listens."""
        host = "127.0.0.1" if self.listens_everywhere else self.host
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    keys: Path | None = None

    @property
    def key_folder(self) -> Path:
        """Where the signing key and the public keys that are trusted lie."""
        return self.keys or self.home / "keys"

    #: Where closed tickets' histories are kept for good; default: in the home.
    archive: Path | None = None
    archive_keys: Path | None = None
    #: Where they are kept instead, in a store that speaks S3: `s3://BUCKET/PREFIX`; the folder has the index alone.
    archive_store: Annotated[str, StringConstraints(pattern=_BUCKET)] | None = None

    #: Who cosigns the log: `URL KEY` each, with commas between them, the key as `zhishou audit witness` prints it.
    witnesses: Annotated[str, AfterValidator(_witnesses)] = ""
    #: Who stamps it once a day (RFC 3161): `URL FILE` each, with commas between them; FILE: root certificates, in PEM.
    timestamps: Annotated[str, AfterValidator(_timestamps)] = ""

    def store_secrets(self) -> dict[str, str]:
        """How to get into the store of the archive, in its own words, for those who archive."""
        return {name: value for name, value in os.environ.items() if self.archive_store and name.startswith("AWS_")}

    @property
    def archive_folder(self) -> Path:
        """Where the evidence lies, or its index alone."""
        return (self.archive or self.home / "archive").expanduser()

    @property
    def archive_key_folder(self) -> Path:
        """Where the key that signs the evidence lies, and the public keys by which it is verified."""
        return (self.archive_keys or self.home / "archive-keys").expanduser()


class Settings(Given):
    """All that the worker, the API and the commands need; a missing address is an error that names it."""

    temporal_address: str = Field(validation_alias=TEMPORAL_ADDRESS)
    database_url: DatabaseUrl = Field(repr=False)

    @classmethod
    def of_running_installation(cls) -> Self:
        """From the environment where it names the servers, else of what runs under `ZHISHOU_HOME`."""
        given = Given()
        if given.temporal_address and given.database_url:
            return cls()
        return cls.of(Home(given.home))

    @classmethod
    def of(cls, home: Home) -> Self:
        published = cls.model_validate_json(home.published())
        issued = Channels().issued() | {"mailbox_password": Mailbox().mailbox_password}
        return published.model_copy(update={"temporal": published.temporal | kept_aside()} | issued)

    def as_environment(self) -> dict[str, str]:
        """For a child process, which then reads the same settings."""
        values = self.model_dump(mode="json", exclude_none=True, exclude={"temporal"})
        address = values.pop("temporal_address")
        return {**self.temporal, "TEMPORAL_ADDRESS": address} | {
            f"ZHISHOU_{name.upper()}": str(v) for name, v in values.items()
        }
