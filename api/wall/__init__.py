"""The wall: what a room of people sees from afar."""
