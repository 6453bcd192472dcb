"""The tables, one a file."""

from store.models.base import Base
from store.models.contract import ContractRow
from store.models.customer import CustomerRow
from store.models.entry import EntryRow
from store.models.notification import NotificationRow
from store.models.obligation import ObligationRow
from store.models.person import PersonRow
from store.models.ticket import TicketRow
from store.models.token import TokenRow

__all__ = [
    "Base",
    "ContractRow",
    "CustomerRow",
    "EntryRow",
    "NotificationRow",
    "ObligationRow",
    "PersonRow",
    "TicketRow",
    "TokenRow",
]
