"""For staff: the knowledge base, its versions, and what it could not answer."""
