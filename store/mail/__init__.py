"""Mail that comes in: each once, what became of it, what it is about, and who is to take it."""
