"""Signing in: who asks, with what, and how long that holds."""
