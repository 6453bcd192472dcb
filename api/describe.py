"""`python -m api.describe`: prints the OpenAPI document of the API; nothing has to run."""

import json
from typing import Any

from api.app import create_app
from api.openapi import document
from runtime.settings import Settings


def interface() -> dict[str, Any]:
    """The document, of an application that is never started, so that its servers may be anywhere."""
    nowhere = Settings(temporal_address="127.0.0.1:1", database_url="postgresql://nobody@127.0.0.1:1/nothing")
    return document(create_app(nowhere))


def main() -> None:
    """For programs to read."""
    print(json.dumps(interface(), ensure_ascii=False))  # noqa: T201


if __name__ == "__main__":
    main()
