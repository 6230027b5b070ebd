"""Where organisations are on the map, as staff say it."""
