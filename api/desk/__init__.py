"""The desk at which reports are taken: who calls, for whom, and whether it is known already."""
