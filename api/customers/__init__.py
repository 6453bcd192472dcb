"""Customers, their contracts and standing authorisations."""
