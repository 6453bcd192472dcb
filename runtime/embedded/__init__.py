"""The servers of an installation on one machine: Postgres and Temporal, as children on loopback."""
