"""The console: its own tests, and its pages in a browser."""
