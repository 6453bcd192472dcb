"""Measured evidence (docs: the performance table of quality): every figure is printed with what it ran on."""
