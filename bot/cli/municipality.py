"""`kruzhok municipality`."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.session import Session, helped, run, say, say_json
from core.domain.municipality import MunicipalityView, Regime, RegistryMode
from core.services.municipalities.municipalities import Municipalities

app = typer.Typer(help=helped("municipality"), no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keeps `add` a command of its own while it is the only one."""


@app.command("add", help=helped("municipality-add"))
def add(
    code: Annotated[str, typer.Argument(help=helped("municipality-code"))],
    name: Annotated[str, typer.Option(help=helped("municipality-name"))],
    timezone: Annotated[str, typer.Option(help=helped("timezone"))] = "Europe/Moscow",
    regime: Annotated[Regime, typer.Option(help=helped("regime"))] = Regime.PFDO,
    registry: Annotated[RegistryMode, typer.Option(help=helped("registry"))] = RegistryMode.OWN,
    centre_name: Annotated[str | None, typer.Option(help=helped("centre-name"))] = None,
    centre_phone: Annotated[str | None, typer.Option(help=helped("centre-phone"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    async def work(session: Session) -> MunicipalityView:
        return await Municipalities(session.database, session.clock).add(
            code,
            name,
            timezone=timezone,
            regime=regime,
            registry_mode=registry,
            centre_name=centre_name,
            centre_phone=centre_phone,
        )

    added = run(work)
    if as_json:
        say_json(
            {
                "id": added.id,
                "code": added.code,
                "name": added.name,
                "centre": {"name": added.centre_name, "phone": added.centre_phone},
            }
        )
    else:
        say("cli-municipality-added", name=added.name, code=added.code)
