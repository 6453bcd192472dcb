"""Telephone: what a telephone system tells of calls, and what becomes of those that nobody took."""
