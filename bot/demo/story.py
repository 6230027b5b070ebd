"""What the demo begins with: read from `demo/world.toml`, made once, by the ways everybody uses.

The moderator follows a real invitation and binds the staff chat with a real code, so the demo
shows nothing that the product does not do.
"""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo.dates import WRITTEN_FOR, autumn_of, registry_of
from bot.sandbox.people import People
from bot.sandbox.server import Sandbox
from bot.services import Services
from core.domain.staff import ChatPurpose, Role
from core.domain.wishes import Point
from core.services.questions.importing import KnowledgeImport
from core.services.registry_import import ProgrammeImport

LOOKS = 100
LOOK_EVERY_S = 0.1

FOLDER = Path(__file__).resolve().parents[2] / "demo"
REGISTRY = FOLDER / "registry_krylovsky.xlsx"
KNOWLEDGE = FOLDER / "knowledge_base.jsonl"


@dataclass(frozen=True, kw_only=True)
class Story:
    """The document `demo/world.toml`, table by table."""

    bot: Mapping[str, str]
    municipality: Mapping[str, str]
    operator: Mapping[str, str]
    moderator: Mapping[str, str]
    officer: Mapping[str, str]
    parents: Sequence[Mapping[str, str]]
    staff_chat: Mapping[str, str]
    places: Sequence[Mapping[str, Any]]


def read_story() -> Story:
    document: dict[str, Any] = tomllib.loads((FOLDER / "world.toml").read_text(encoding="utf-8"))
    return Story(**document)


async def found_municipality(
    story: Story, services: Services, registry: ProgrammeImport, today: date
) -> None:
    """The municipality with its registry of the present study year and its points."""
    place = story.municipality
    stands = await services.municipalities.find_by_code(place["code"])
    if stands is None:
        stands = await services.municipalities.add(
            place["code"],
            place["name"],
            timezone=place["timezone"],
            centre_name=place["centre_name"],
            centre_phone=place["centre_phone"],
        )
        await _bring_registry(registry, place["code"], today)
    elif autumn_of(today) > WRITTEN_FOR:  # a demo begun in an earlier study year
        await _bring_registry(registry, place["code"], today)
    await services.organisation_points.place_all(stands.id, _points(story))


async def _bring_registry(registry: ProgrammeImport, code: str, today: date) -> None:
    with TemporaryDirectory() as folder:
        await registry.run(
            registry_of(today, REGISTRY, Path(folder)),
            municipality_code=code,
            dry_run=False,
            skip_bad=False,
        )


def _points(story: Story) -> dict[str, Point]:
    return {
        place["organisation"]: Point(latitude=place["latitude"], longitude=place["longitude"])
        for place in story.places
    }


async def bring_knowledge(importing: KnowledgeImport) -> None:
    """The knowledge base, once: what was changed in the demo since is not written over."""
    report = await importing.run(KNOWLEDGE, dry_run=True)
    if report.new == report.read:
        await importing.run(KNOWLEDGE)


async def gather_people(story: Story, sandbox: Sandbox, services: Services) -> None:
    """Parents, the moderator and the staff chat; nothing when the world is peopled already."""
    people = sandbox.people
    if sandbox.telegram.world.users.keys() - {sandbox.telegram.world.bot.id}:
        return
    for parent in story.parents:
        _arrive(people, parent)
    moderator = _arrive(people, story.moderator)
    await _appoint(story, services, people, moderator)
    await _bind(story, services, people, moderator)
    await _open_point(story, services, people)


def _arrive(people: People, person: Mapping[str, str]) -> int:
    made = people.create_user(first_name=person["first_name"], last_name=person["last_name"])
    number: int = made["id"]
    return number


async def _appoint(story: Story, services: Services, people: People, moderator: int) -> None:
    invitation = await services.staff.invite(
        Role.HEAD, story.municipality["code"], None, bot_username="kruzhok_demo_bot"
    )
    people.start(moderator, f"i_{invitation.code}")
    # the two updates have queues of their own: the right must stand before the chat is bound
    for _ in range(LOOKS):
        if await services.staff.list_all():
            return
        await asyncio.sleep(LOOK_EVERY_S)


async def _open_point(story: Story, services: Services, people: People) -> None:
    """The secretary of a school follows a real invitation too; without the school, nobody does."""
    place = await services.municipalities.find_by_code(story.municipality["code"])
    if place is None:
        return
    wanted = story.officer["organisation"]
    for point in await services.municipalities.confirmation_places(place.id):
        if point.name == wanted:
            invitation = await services.staff.invite(
                Role.OFFICER, place.code, point.organisation_id, bot_username="kruzhok_demo_bot"
            )
            people.start(_arrive(people, story.officer), f"i_{invitation.code}")


async def _bind(story: Story, services: Services, people: People, moderator: int) -> None:
    chat = people.create_group(story.staff_chat["title"], moderator, forum=True)
    code = await services.bound_chats.make_code(ChatPurpose.MODERATION, story.municipality["code"])
    people.send_text(moderator, f"/bind {code.code}", chat_id=chat["id"])
