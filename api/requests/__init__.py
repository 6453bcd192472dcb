"""What callers may send, as models that refuse every field they do not know."""
