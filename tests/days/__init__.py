"""A whole day of each document, over HTTP, with all its people: who was told what, who was refused and why."""
