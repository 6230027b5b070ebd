"""What becomes due by itself."""
