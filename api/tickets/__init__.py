"""Tickets: opened, found, listed, read, and heard of."""
