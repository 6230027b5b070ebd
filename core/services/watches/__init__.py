"""Watching for a free seat: a person asks once, and is told when one appears."""
