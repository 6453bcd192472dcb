"""Words: what the system says, in two languages."""
