"""Deliveries: what leaves the machine, from when it is taken up until it has left, or will not."""
