"""Finding programmes by what parents write."""
