"""The verdict on a bundle: what today's code decides again, who said it, what was due, and what the rows made of it."""
