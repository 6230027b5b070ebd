"""Who looked and changed: for the head of a centre, in private."""
