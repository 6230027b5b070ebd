"""Who stands by a child, and inviting somebody to."""
