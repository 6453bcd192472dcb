"""Attachments: evidence that is brought to a ticket."""
