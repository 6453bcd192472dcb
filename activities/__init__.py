"""The doers: what a workflow asks of the world. Normal activities, each idempotent, one transaction each."""
