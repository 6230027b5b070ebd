"""Municipalities and what belongs to one."""
