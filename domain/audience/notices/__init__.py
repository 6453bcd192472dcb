"""Notices: who hears of what, on what grounds, in which words. One table in rooms, put together in the index."""
