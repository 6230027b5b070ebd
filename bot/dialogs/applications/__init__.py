"""Applying to a group: child, consent to this provider, check, receipt."""
