"""Registering a child: name, birth date, check, receipt."""
