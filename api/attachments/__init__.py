"""Attachments: what is brought to a ticket."""
