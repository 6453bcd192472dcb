"""Chaos: a real installation is killed again and again while it works, and then has to account for everything."""
