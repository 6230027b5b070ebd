"""The audit: who did what to what, and when; append-only."""
