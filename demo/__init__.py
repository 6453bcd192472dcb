"""The demo: customers and people, what an installation starts with, and a believable week of tickets."""
