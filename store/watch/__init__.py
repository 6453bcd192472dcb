"""The watchdog's side of the database: beats, findings, and what it reads for them."""
