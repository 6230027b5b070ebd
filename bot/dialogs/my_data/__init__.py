"""Everything held about the person, on one page."""
