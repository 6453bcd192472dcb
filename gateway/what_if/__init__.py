"""What if: facts out of histories, the terms that are supposed, and many tickets compared one after the other."""
