"""Approval by link: what its holder sees and answers."""
