"""The gateway: the one way to the workflows, and what is heard and read of them."""
