"""What staff carry over into the registry kept elsewhere: a list, its fields, the answer typed."""
