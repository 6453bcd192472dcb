"""What if: tickets of the archive under other terms. Nothing of a ticket is touched."""
