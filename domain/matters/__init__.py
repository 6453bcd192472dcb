"""Matters: what goes on with a ticket, a room each."""
