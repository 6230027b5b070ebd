"""Questions and the knowledge base: asking, editing, importing, what could not be answered."""
