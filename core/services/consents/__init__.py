"""Consents to the handling of personal data."""
