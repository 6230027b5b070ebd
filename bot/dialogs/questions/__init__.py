"""Questions: the knowledge base answers, asks back, or names the person who will."""
