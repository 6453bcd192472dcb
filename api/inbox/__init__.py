"""The inbox: what somebody has been told."""
