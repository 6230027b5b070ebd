"""Children and their guardians."""
