"""People who talk to the assistant."""
