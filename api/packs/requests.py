"""What promises can be worked out of."""

from api.http.facts import Facts
from api.http.fields import Request, Word
from api.http.instants import Given


class WorkOut(Request):
    """A case: ``contract`` is a pack, or a contract of a customer's; ``received_at``: now where nothing is said."""

    contract: Word
    level: Word | None = None
    facts: Facts | None = None
    received_at: Given | None = None
    fault_occurred_at: Given | None = None
    booked_at: Given | None = None
