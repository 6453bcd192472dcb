"""The people of the tests: those of the demo, and somebody of a customer that it does not have."""

from demo.people import ACTORS
from domain.people.actors import Actor, Role

PEOPLE = ACTORS | {"stranger": Actor("stranger", Role.CUSTOMER_CONTACT, customers=("another",))}
