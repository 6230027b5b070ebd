"""Which titles fit what was asked for, and the order of what was found."""
