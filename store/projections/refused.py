"""What a database refuses for what it is given, as opposed to a database that is out of reach."""

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

#: Classes of SQLSTATE: cardinality, data, integrity, limits of a program. What is of no such class may come right by
#: itself, or by an operator: a lost connection, a full disk, a lock, a missing table.
_OF_THE_DATA = ("21", "22", "23", "54")


class SequenceGapError(Exception):
    """A batch that starts behind entries which never arrived."""

    def __init__(self, number: str, first: int, last: int) -> None:
        super().__init__(f"{number}: entries {first} to {last} are missing")


def is_for_the_data(error: Exception) -> bool:
    """Whether the same data would be refused for ever."""
    match error:
        case DBAPIError():
            code = _code(error)
            # Without a code the driver itself could not send it, or there was nobody to send it to.
            unsent = code is None and type(error.orig).__name__ in {
                "ProgrammingError",
                "DataError",
                "NotSupportedError",
            }
            return unsent or (code is not None and code.startswith(_OF_THE_DATA))
        case StatementError():  # a value that its column's type cannot take
            return isinstance(error.orig, Exception) and is_for_the_data(error.orig)
        case SQLAlchemyError() | OSError() | MemoryError() | SequenceGapError():
            return False
    return True


def why(error: Exception) -> str:
    """In a word: the server's code, or the kind of the error."""
    if isinstance(error, DBAPIError) and (code := _code(error)):
        return code
    return type(error.orig if isinstance(error, StatementError) and error.orig else error).__name__


def _code(error: DBAPIError) -> str | None:
    found = getattr(error.orig, "pgcode", None)
    return str(found) if found else None
