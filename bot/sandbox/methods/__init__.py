"""The methods of the Bot API, by area; ``registry`` knows them by name."""
