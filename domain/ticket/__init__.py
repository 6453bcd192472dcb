"""The ticket: what is known of one, and what its clocks say. Knows no matter."""
