"""Evidence: the bytes of an upload, taken and checked."""
