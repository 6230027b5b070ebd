"""Conversations with parents in private chats, one package each.

`windows.py` says what is shown, `getters.py` fetches what it shows, `actions.py` does what a tap or
a text asks for. Navigation edits the one live message, a result is a new message and stays in the
chat. Every window answers every kind of message and has a way out (`screens.py`, `listening.py`).
"""

from bot.dialogs.registry import dialogs, show_menu, show_present

__all__ = ["dialogs", "show_menu", "show_present"]
