"""Evidence: what an auditor takes along of a ticket, and whether it holds."""
