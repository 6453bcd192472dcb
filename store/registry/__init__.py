"""The registry: customers, contracts, people and their tokens, as ordinary rows."""
