"""Files that staff send to the bot instead of typing a command."""

from core.services.sent_files.recognition import SentKind, recognise
from core.services.sent_files.sent_files import FileChanged, SentFiles, Trial, Wish

__all__ = ["FileChanged", "SentFiles", "SentKind", "Trial", "Wish", "recognise"]
