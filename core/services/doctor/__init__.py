"""The check of invariants."""
