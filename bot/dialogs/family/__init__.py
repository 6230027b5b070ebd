"""What the family has: children, their certificates and applications."""
