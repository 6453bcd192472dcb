"""`python -m api`: the API of an installation, until somebody says stop."""

import gc

import uvicorn

from api.app import create_app
from api.http.bounds import BoundedConnection
from runtime import logs
from runtime.settings import Settings

#: What a request under way may still take when the process is asked to stop.
_DRAIN_S = 5


def main() -> None:
    """Serve on the installation's address."""
    settings = Settings()
    logs.configure("api")
    app = create_app(settings)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: to look through it again and again holds up every request
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the application's own: only proxies that were named are believed
        http=BoundedConnection,
        timeout_graceful_shutdown=_DRAIN_S,
    )
    gc.collect()  # a Temporal client that is still referenced may abort the interpreter's shutdown


if __name__ == "__main__":
    main()
