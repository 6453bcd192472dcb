"""`python -m api.describe`: prints the OpenAPI document of the API; nothing has to run."""

import json

from api.app import create_app
from api.openapi import document
from runtime.settings import Settings


def main() -> None:
    """Of an application that is never started, so that its servers may be anywhere."""
    nowhere = Settings(temporal_address="127.0.0.1:1", database_url="postgresql://nobody@127.0.0.1:1/nothing")
    print(json.dumps(document(create_app(nowhere)), ensure_ascii=False))  # noqa: T201  # for programs to read


if __name__ == "__main__":
    main()
