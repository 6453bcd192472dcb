"""Evidence: what proves a customer's word to the registry is brought to one of its tickets first."""

from api.backend import Backend
from api.http.problems import wrong_field
from domain.words.label import Label
from store.attachments import is_of_customer

_NOT_OF_THE_CUSTOMER = Label(
    "须为该客户工单上的附件编号", "must be the id of an attachment of one of the customer's tickets"
)


async def require_evidence(behind: Backend, customer: str, evidence: str | None) -> None:
    """422 for what is no attachment of one of the customer's tickets."""
    if evidence is not None and not await behind.ask(is_of_customer, customer, evidence):
        raise wrong_field("evidence", _NOT_OF_THE_CUSTOMER)
