"""Statistics: what is counted of tickets, kept month by month, and what is asked of that."""
