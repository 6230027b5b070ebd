"""`kruzhok run` and `kruzhok demo`."""

from __future__ import annotations

from bot.cli.session import settings


def run() -> None:
    """With a token: Telegram. Without: the demo."""
    from bot.cli.living import live_bot, live_demo

    chosen = settings()
    if chosen.bot_token is None:
        live_demo(chosen)
    else:
        live_bot(chosen)


def demo() -> None:
    """The sandbox with the demo municipality, whatever token is set."""
    from bot.cli.living import live_demo

    live_demo(settings())
