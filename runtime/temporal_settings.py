"""What an installation is told of Temporal, in Temporal's own words: `TEMPORAL_ADDRESS` and the like, or a profile."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.errors import StartError

_FILE = "TEMPORAL_CONFIG_FILE"
_SECRET = ("TEMPORAL_API_KEY", "TEMPORAL_TLS_CLIENT_KEY_DATA", "TEMPORAL_GRPC_META_")
#: How a client gets in; the address and the namespace are settings of ours.
_WAYS_IN = (*_SECRET, "TEMPORAL_TLS", _FILE, "TEMPORAL_PROFILE")


def ways_in() -> dict[str, str]:
    """The variables of this process that say how a client gets in."""
    return {name: value for name, value in os.environ.items() if value and name.startswith(_WAYS_IN)}


def written_down(variables: Mapping[str, str]) -> dict[str, str]:
    """Those of them that a file may hold."""
    return {name: value for name, value in variables.items() if not name.startswith(_SECRET)}


def kept_aside() -> dict[str, str]:
    """Those of this process that no file holds."""
    return {name: value for name, value in ways_in().items() if name.startswith(_SECRET)}


def are_guarded(variables: Mapping[str, str]) -> bool:
    """Whether a client shows who it is, and looks whom it talks to."""
    named = {"TEMPORAL_TLS_CLIENT_CERT_PATH", "TEMPORAL_TLS_CLIENT_CERT_DATA", "TEMPORAL_API_KEY", _FILE}
    return bool(named.intersection(variables)) and variables.get("TEMPORAL_TLS", "").lower() != "false"


def told() -> dict[str, str]:
    """Address and namespace, by the names of our settings, as the variables or the profile have them.

    Raises:
        StartError: the file of profiles that is named is not there.
    """
    if not os.environ.get(_FILE) and not os.environ.get("TEMPORAL_NAMESPACE"):
        return {}  # the usual case, which need not load the SDK
    from temporalio.envconfig import ClientConfigProfile  # noqa: PLC0415  # the command line starts fast

    profile = ClientConfigProfile.load(disable_file=without_file(os.environ))
    told = {"temporal_address": profile.address, "namespace": profile.namespace}
    return {name: value for name, value in told.items() if value}


def connection(address: str, namespace: str, variables: Mapping[str, str]) -> dict[str, Any]:
    """The arguments of the SDK's ``Client.connect``."""
    from temporalio.envconfig import ClientConfig  # noqa: PLC0415  # the command line starts fast

    said = {**variables, "TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": namespace}
    config = ClientConfig.load_client_connect_config(disable_file=without_file(said), override_env_vars=said)
    return dict(config)


def without_file(variables: Mapping[str, str]) -> bool:
    """Whether no profile is to be read: never one that happens to lie in the home of whoever runs us."""
    named = variables.get(_FILE)
    if named and not Path(named).is_file():
        raise StartError(f"{_FILE} names {named}, which is no file")
    return not named
