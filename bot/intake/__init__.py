"""The way of an update: polling or webhook -> inbox (committed) -> worker -> dispatcher."""
