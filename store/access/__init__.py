"""Access: sessions, tokens, passwords, identities, and who can get in by what."""
