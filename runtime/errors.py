"""Errors whose text is all that a person needs."""


class PlainError(Exception):
    """The command line prints it without a traceback and exits with 1."""


class AlreadyRunningError(PlainError):
    """Another process holds the home."""


class NotRunningError(PlainError):
    """No installation runs on the home."""


class StoreError(PlainError):
    """The store of the archive does not answer, or refuses. What lies there may hold all the same."""


class StartError(PlainError):
    """A part of the installation did not come up."""
