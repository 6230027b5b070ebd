"""Families: who stands by a child, how they join, leave, come back, move."""
