"""The process: what happens to a ticket from the call to the archive, as durable workflows."""
