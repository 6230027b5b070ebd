"""Data to text: pure functions of what a service returned and of a voice. No queries."""
