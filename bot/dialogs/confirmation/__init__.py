"""For officers of a point: find who came, compare, mend, confirm; a class at once; plans."""
