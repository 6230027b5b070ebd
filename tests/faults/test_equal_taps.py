"""One tap that arrives two to fifty times, and a form answered twenty times at once (R11).

The main way is walked in peace, then again with every tap that has an effect pressed many times
within 50 ms, each a new update: nothing more happens than in peace. Decisions of the staff are
pressed by two people at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest

from bot.sandbox.client import ChatWindow, Person, buttons, text_of
from core.cipher import Cipher
from core.clock import SystemChance
from core.db.engine import Database
from core.domain.staff import Role
from core.services.staff.staff import Staff
from tests.faults.crash.process import DATA_KEY, ShiftedClock
from tests.faults.crash.stage import Mode, Stage, open_stage
from tests.faults.crash.tables import differences
from tests.faults.crash.way import WAY, Step
from tests.faults.live import bot_of, chance_of, seed_of, walk

WITHIN_S = 0.05
ANSWERS = 20
NAMES = ("Иванова Анна Петровна", "Сидоров Пётр Ильич", "Ким Лев", "Ларина Вера Олеговна")
DATES = ("5 марта 2017", "06.04.2016", "7 мая 2015", "2014-08-09")
BORN = {
    "5 марта 2017": "2017-03-05",
    "06.04.2016": "2016-04-06",
    "7 мая 2015": "2015-05-07",
    "2014-08-09": "2014-08-09",
}

BY_PARENT = {
    "agrees": "Согласен",
    "confirms the child": "Всё верно",
    "sends the request": "Отправить",
    "agrees to the transfer": "Согласен",
    "applies": "Подтвердить",
    "leaves": "Да, отменить",
    "applies there": "Подтвердить",
}
"""Steps whose tap has an effect, and the button."""
BY_STAFF = {
    "the moderator confirms": ("Сертификат", "Подтвердить"),
    "the moderator accepts": ("Заявка", "Принять"),
    "the moderator gives the reason": ("Заявка", "Нет мест"),
}
_BY_WHOM = re.compile(r'"(decided_by)": "#[0-9]+"')
TRAFFIC = "inbox"
"""More updates are more rows; all else is the same."""

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_many_equal_taps_have_one_effect(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    seed = seed_of(20270113)
    async with open_stage(mode, tmp_path, database_url) as stage:
        second = await _second_moderator(stage)
        beginning = await stage.snapshot()
        chance = chance_of(seed, mode, stage.kind)
        async with bot_of(stage) as process:
            await walk(stage, process, [second[1], *WAY])
            calm = await stage.ending()
        await stage.restore(beginning)
        async with bot_of(stage) as process:
            await walk(stage, process, [second[1]])
            for step in WAY:
                await _many_times(stage, step, second[0], chance)
                await stage.settled(process)
            wild = await stage.ending()
        where = f"{mode}, {stage.kind}, seed {seed}"
        found = differences(_effects(calm.story), _effects(wild.story))
        assert not found, "\n".join([where, *found])


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_twenty_answers_at_once_fill_a_form_in_their_order(
    database_url: str, mode: Mode, tmp_path: Path
) -> None:
    seed = seed_of(20270114)
    async with open_stage(mode, tmp_path, database_url) as stage, bot_of(stage) as process:
        chance = chance_of(seed, mode, stage.kind)
        form = next(n for n, step in enumerate(WAY) if step.name == "types the name")
        await walk(stage, process, WAY[2:form])
        said = [*chance.choices(NAMES, k=ANSWERS // 2), *chance.choices(DATES, k=ANSWERS // 2)]
        chance.shuffle(said)
        name = next(answer for answer in said if answer in NAMES)
        after = said[said.index(name) + 1 :]
        born = next((answer for answer in after if answer in DATES), "")
        assert born, "a seed without a date after the name says nothing"
        people = stage.sandbox.people
        _at_once([partial(people.send_text, stage.cast.parent.id, text) for text in said])
        await stage.settled(process)
        await stage.cast.parent.press("Всё верно")
        await stage.settled(process)
        story = (await stage.ending()).story
        where = f"{mode}, {stage.kind}, seed {seed}: {said}"
        assert not [row for row in story["inbox"] if '"dead"' in row], where
        [child] = story["children"]
        assert f'"last_name": "{name.split()[0]}"' in child, where
        assert f'"first_name": "{name.split()[1]}"' in child, where
        assert f'"born": "{BORN[born]}"' in child, where


async def _second_moderator(stage: Stage) -> tuple[Person, Step]:
    """A colleague in the same chat, and the step that makes them one."""
    person = await stage.client.user("Вера")
    await stage.client.do(
        "set_member", user_id=person.id, chat_id=stage.cast.group.id, status="member"
    )
    database = Database(stage.url, pool_size=1)
    cipher = Cipher.from_text(DATA_KEY, SystemChance())
    staff = Staff(database, ShiftedClock(stage.shift_s), SystemChance(), cipher)
    invitation = await staff.invite(
        Role.CONSULTANT, "krylovsky", None, bot_username="kruzhok_demo_bot"
    )
    await database.close()
    return person, Step(
        name="a colleague follows the invitation",
        deed=lambda _cast: person.start(f"i_{invitation.code}"),
    )


async def _many_times(stage: Stage, step: Step, colleague: Person, chance: Random) -> None:
    times = chance.randint(2, 50)
    cast = stage.cast
    taps: list[tuple[Person, ChatWindow]]
    if step.name in BY_PARENT:
        label = BY_PARENT[step.name]
        message_id = await _shown_under(cast.parent, "", label)
        taps = [(cast.parent, cast.parent)] * times
    elif step.name in BY_STAFF:
        title, label = BY_STAFF[step.name]
        message_id = await _shown_under(cast.group, title, label)
        both: list[tuple[Person, ChatWindow]]
        both = [(cast.moderator, cast.group), (colleague, cast.group)]
        taps = [*both, *chance.choices(both, k=times - 2)]
        chance.shuffle(taps)
    else:
        await step.deed(cast)
        return
    people = stage.sandbox.people
    _at_once(
        [
            partial(people.press, who.id, message_id, text=label, chat_id=where.id)
            for who, where in taps
        ]
    )


async def _shown_under(chat: ChatWindow, title: str, label: str) -> int:
    """The newest message of the bot with this title and button."""
    for message in reversed((await chat.view()).from_bot):
        if title in text_of(message) and any(label in b["text"] for b in buttons(message)):
            message_id: int = message["message_id"]
            return message_id
    raise LookupError(f"no {label!r} under {title!r}")


def _effects(story: dict[str, list[str]]) -> dict[str, list[str]]:
    """All but the updates themselves, whichever of the staff came first."""
    return {
        table: sorted(_BY_WHOM.sub(r'"\1": "staff"', row) for row in rows)
        for table, rows in story.items()
        if table != TRAFFIC
    }


def _at_once(deeds: Sequence[Callable[[], object]]) -> None:
    """Past HTTP, which is too slow for fifty requests in 50 ms."""
    began = time.monotonic()
    for deed in deeds:
        deed()
    assert time.monotonic() - began <= WITHIN_S
