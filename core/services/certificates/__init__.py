"""Certificates: asked for by families, decided by staff."""
