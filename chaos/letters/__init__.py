"""Letters under fire: many messages while sender, database and peers are killed, hang, refuse and answer late."""
