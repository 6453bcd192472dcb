"""Tables: rows of the registry, brought in by the file."""
