"""Words: how they are cut, sound, are spelled, and which of them a registry knows."""
