"""Mail: what was written to us and nobody has taken yet."""
