"""Projections: what the tickets tell the read model. Written by activities only."""

from store.projections.batch import project
from store.projections.refused import SequenceGapError

__all__ = ["SequenceGapError", "project"]
