"""Which question of a knowledge base is meant."""
