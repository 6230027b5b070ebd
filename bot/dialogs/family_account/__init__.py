"""The family's code, coming back after a lost account, moving to another district."""
