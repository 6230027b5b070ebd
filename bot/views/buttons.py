"""Callback data of buttons that live outside dialogs and may be pressed at any later time."""

from typing import Final

MENU: Final = "go:menu"
"""Shows the menu."""
RESUME: Final = "go:resume"
"""Shows the present window of the conversation again."""
