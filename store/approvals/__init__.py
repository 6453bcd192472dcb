"""Approvals: links that work once, and the application that they are about."""
