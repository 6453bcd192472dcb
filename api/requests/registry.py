"""The bodies by which the registry is administered, for the interface's description."""

from pydantic import BaseModel

from api.requests import customers, people, roster

REGISTRY: tuple[type[BaseModel], ...] = (
    people.NewPerson,
    people.ChangedPerson,
    people.NewOrganisation,
    people.ChangedOrganisation,
    customers.NewCustomer,
    customers.ChangedCustomer,
    customers.NewContract,
    customers.ChangedContract,
    customers.NewAuthorisation,
    roster.NewShift,
)
