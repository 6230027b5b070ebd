"""The command line: one file per command group, joined in `application.py`."""
