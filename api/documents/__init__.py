"""What callers get, as models: the words and forms of the published interface."""
