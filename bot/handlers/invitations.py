"""A staff invitation followed: `/start i_CODE` in the private chat.

Junk, expired, used and somebody else's invitations get one and the same answer.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from bot.services import Services
from core.domain.actors import Actor
from core.domain.staff import InvitationInvalid
from core.i18n import Speech
from core.services.staff.staff import GrantedRight

router = Router(name="invitations")

PREFIX = "i_"


@router.message(
    CommandStart(deep_link=True, magic=F.args.startswith(PREFIX)),
    F.chat.type == ChatType.PRIVATE,
    F.edit_date.is_(None),
)
async def on_invitation(
    message: Message,
    command: CommandObject,
    services: Services,
    actor: Actor | None,
    speech: Speech,
) -> None:
    """Accept it and say what it gave."""
    if actor is None or message.from_user is None:
        return
    code = (command.args or "").removeprefix(PREFIX)
    try:
        right = await services.staff.accept_invitation(
            actor, code, name=message.from_user.full_name
        )
    except InvitationInvalid:
        await message.answer(speech.say("refusal-invitation-invalid"))
        return
    role = speech.say_plain("staff-role", role=str(right.role))
    if right.organisation_name is None:
        welcome = speech.say("staff-welcome", role=role, municipality=right.municipality_name)
    else:
        welcome = speech.say(
            "staff-welcome-organisation",
            role=role,
            municipality=right.municipality_name,
            organisation=right.organisation_name,
        )
    said = [welcome, *_term(right, speech), speech.say("staff-next")]
    await message.answer("\n".join(said))


def _term(right: GrantedRight, speech: Speech) -> list[str]:
    """A line about the days of a right that has them."""
    days = {
        name: speech.short_day(day)
        for name, day in (("first", right.first), ("last", right.last))
        if day is not None
    }
    if not days:
        return []
    key = "both" if len(days) == 2 else ("from" if "first" in days else "until")
    return [speech.say(f"staff-term-{key}", **days)]
