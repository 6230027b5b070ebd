"""From a line that somebody wrote to wishes."""
