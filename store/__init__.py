"""Postgres: the read model that the tickets are projected into, and the registry of people and contracts."""
