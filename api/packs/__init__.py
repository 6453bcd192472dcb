"""Contract packs: what is promised, by which clause, and when it would be due."""
