"""The record of the registry."""
