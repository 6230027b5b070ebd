"""Three separate consents: each is asked when it comes due, with its whole text at hand."""
