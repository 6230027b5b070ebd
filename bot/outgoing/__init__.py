"""The only place that sends to anyone but the person being answered."""
