"""What a request lacks: staff write what it is, the family answers."""
