"""A refusal's reason in words: typed in private, checked, sent; the family reads it literally."""
