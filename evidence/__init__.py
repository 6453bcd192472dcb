"""Evidence: an append-only log by public standards, bundles out of it, and what proves them. Needs no server."""
