"""`kruzhok chats`: binding the chats the bot may speak in."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.session import Session, helped, run, say, say_json
from core.domain.staff import ChatPurpose
from core.services.chats.bound_chats import BoundChats, BoundChatView, ChatInvitation

app = typer.Typer(help=helped("chats"), no_args_is_help=True)


@app.command("bind", help=helped("chats-bind"))
def bind(
    purpose: Annotated[ChatPurpose, typer.Option(help=helped("purpose"))],
    municipality: Annotated[str, typer.Option(help=helped("municipality-code"))],
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> ChatInvitation:
        return await (await _chats(session)).make_code(purpose, municipality)

    made = run(work)
    if as_json:
        say_json({"code": made.code, "expires_at": made.expires_at.isoformat()})
        return
    say("cli-chats-code", code=made.code)
    say("cli-expires", moment=made.expires_at.isoformat(timespec="minutes"))


@app.command("list", help=helped("chats-list"))
def list_bound(
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> list[BoundChatView]:
        return await (await _chats(session)).list_all()

    bound = run(work)
    if as_json:
        say_json(
            [
                {
                    "id": chat.id,
                    "messenger": chat.messenger,
                    "chat_id": chat.chat_id,
                    "kind": chat.kind,
                    "purpose": chat.purpose,
                    "municipality": chat.municipality_code,
                    "bound_at": chat.bound_at.isoformat(),
                }
                for chat in bound
            ]
        )
        return
    if not bound:
        say("cli-chats-none")
    for chat in bound:
        say(
            "cli-chats-line",
            id=chat.id,
            purpose=chat.purpose,
            chat=str(chat.chat_id),
            municipality=chat.municipality_name,
        )


async def _chats(session: Session) -> BoundChats:
    return BoundChats(session.database, session.clock, session.chance, await session.cipher())
