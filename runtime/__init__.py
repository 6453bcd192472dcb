"""What the rest stands on: set-up, settings, the embedded servers, the Temporal client, logging."""
