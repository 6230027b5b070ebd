"""`python -m bot`, the same as `kruzhok`."""

from __future__ import annotations

from bot.cli.application import build


def main() -> None:
    build()(prog_name="kruzhok")


if __name__ == "__main__":
    main()
