"""The roster: who is on duty when."""
