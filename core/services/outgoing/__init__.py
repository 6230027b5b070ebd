"""Outgoing notices: put into the outbox by the same write that caused them."""
