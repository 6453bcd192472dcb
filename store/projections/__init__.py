"""Projections: what the tickets tell the read model. Written by activities only."""

from store.projections.batch import SequenceGapError, project

__all__ = ["SequenceGapError", "project"]
