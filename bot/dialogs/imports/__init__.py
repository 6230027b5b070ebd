"""A file sent by staff: what it is, a trial with a report, accepted or not."""
