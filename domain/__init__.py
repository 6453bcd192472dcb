"""The core: what was promised, what happened, what follows. Standard library only, no clock, no I/O."""
