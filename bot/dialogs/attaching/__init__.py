"""«I have a certificate already»: its number and the child's birth date."""
