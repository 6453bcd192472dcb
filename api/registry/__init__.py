"""The registry: what its routes have in common."""
