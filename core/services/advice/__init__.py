"""Advice: which clubs would suit a child."""
