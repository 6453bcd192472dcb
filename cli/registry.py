"""The registry of the running installation, for commands that change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from runtime.errors import PlainError
from runtime.settings import Settings
from store.access.tokens import UnknownPersonError
from store.database import connect
from store.registry.faults import FaultyError, UnknownError


@contextmanager
def registry() -> Iterator[Engine]:
    """The database, until the block ends; what goes wrong in it is said in plain words."""
    url = Settings.of_running_installation().database_url
    engine = connect(url, program=f"command line of {getuser()}")
    try:
        yield engine
    except UnknownPersonError as unknown:
        raise PlainError(str(unknown)) from None
    except FaultyError as faulty:
        raise PlainError(str(faulty)) from None
    except UnknownError as unknown:
        raise PlainError(f"there is no {unknown}") from None
    except SQLAlchemyError as failure:
        reason = type(failure).__name__
        raise PlainError(f"the installation's database is not ready ({reason}); is it still starting?") from None
    finally:
        engine.dispose()
