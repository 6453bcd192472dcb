"""The contract: what is promised and when. Knows no ticket."""
