"""What if a ticket had been under other terms: its facts lived again, and what was promised compared."""
