"""One aiohttp application: webhook, health, metrics; later the staff web desk and the catalogue."""
