"""What stands in a child's record: mended at once, or asked for."""
