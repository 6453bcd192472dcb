"""Tickets: opened, found, commanded, and heard of; the way to their workflows."""
