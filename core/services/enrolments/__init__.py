"""Applications for seats: made by families, decided by providers."""
