"""`kruzhok staff`: invitations and rights."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.botname import find_username
from bot.cli.session import Session, helped, note, run, say, say_json, told
from core.domain.staff import Role
from core.domain.terms import Term
from core.services.staff.queries import StaffMember
from core.services.staff.staff import Invitation, Staff

app = typer.Typer(help=helped("staff"), no_args_is_help=True)

_DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


@app.command("invite", help=helped("staff-invite"))
def invite(
    role: Annotated[Role, typer.Option(help=helped("role"))],
    municipality: Annotated[str, typer.Option(help=helped("municipality-code"))],
    organisation: Annotated[int | None, typer.Option(help=helped("organisation"))] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_DAYS, help=helped("from"))
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--until", formats=_DAYS, help=helped("until"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    term = Term(first=first.date() if first else None, last=last.date() if last else None)

    async def work(session: Session) -> tuple[Invitation, str]:
        username = await find_username(session.settings)
        made = await (await _staff(session)).invite(
            role, municipality, organisation, bot_username=username, term=term
        )
        return made, username

    made, username = run(work)
    if not username:
        note(told("cli-staff-no-username", code=made.code))
    if as_json:
        say_json(
            {
                "link": made.link if username else None,
                "code": made.code,
                "expires_at": made.expires_at.isoformat(),
            }
        )
        return
    if username:
        say("cli-staff-invited", link=made.link)
    say("cli-expires", moment=made.expires_at.isoformat(timespec="minutes"))


@app.command("list", help=helped("staff-list"))
def list_members(
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> list[StaffMember]:
        return await (await _staff(session)).list_all()

    members = run(work)
    if as_json:
        say_json(
            [
                {
                    "right_id": member.right_id,
                    "person_id": member.person_id,
                    "name": member.person_name,
                    "role": member.role,
                    "municipality": member.municipality_code,
                    "organisation_id": member.organisation_id,
                    "organisation": member.organisation_name,
                    "granted_at": member.granted_at.isoformat(),
                    "starts_at": member.starts_at.isoformat() if member.starts_at else None,
                    "ends_at": member.ends_at.isoformat() if member.ends_at else None,
                }
                for member in members
            ]
        )
        return
    if not members:
        say("cli-staff-nobody")
    for member in members:
        say(
            "cli-staff-line",
            right=member.right_id,
            role=told("staff-role", role=member.role),
            name=member.person_name or told("cli-staff-nameless", person=member.person_id),
            place=member.organisation_name or member.municipality_name,
        )


@app.command("revoke", help=helped("staff-revoke"))
def revoke(right: Annotated[int, typer.Argument(help=helped("right"))]) -> None:
    async def work(session: Session) -> None:
        await (await _staff(session)).revoke(right)

    run(work)
    say("cli-staff-revoked", right=right)


async def _staff(session: Session) -> Staff:
    return Staff(session.database, session.clock, session.chance, await session.cipher())
