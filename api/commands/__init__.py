"""Commands: sent, decided, asked about."""
