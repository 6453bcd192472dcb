"""Phrases: texts that are written again and again."""
