"""What the desk asks."""

from api.http.fields import Id, Title, Word
from api.http.queries import Question


class CustomersAsked(Question):
    """What `GET /desk/customers` can be asked for."""

    text: Word | None = None


class CallersAsked(Question):
    """What `GET /desk/callers` is asked for."""

    phone: Word


class SimilarAsked(Question):
    """What `GET /desk/similar` is asked for."""

    text: Title
    customer: Id | None = None
