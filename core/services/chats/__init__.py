"""Chats staff have bound to a purpose: codes, topics, cards."""
