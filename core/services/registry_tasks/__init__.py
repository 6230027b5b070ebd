"""What staff carry over into a registry kept elsewhere, and what its files say otherwise."""
