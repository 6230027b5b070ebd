"""Looking for a programme: direction, list by pages, card with seats as of now."""
