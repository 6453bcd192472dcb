"""People: who acts, and who is on duty."""
