"""Where to confirm: the nearest places first for who sends a place, which is not kept."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from bot.sandbox.client import text_of
from core.db.models import DialogueState, Organisation
from tests.dialogs.club import Club, Parent
from tests.dialogs.places import to_places

HERE = {"latitude": 46.3241, "longitude": 39.9583}


async def test_the_nearest_stands_first_and_the_place_is_not_kept(
    club: Club, parent: Parent
) -> None:
    far = {"latitude": 46.42, "longitude": 39.9583}
    async with club.app.database.write() as tx:
        await tx.execute(update(Organisation).values(**far))
        for name, point in (("Сад № 9", HERE), ("Сад № 2", {})):
            await tx.execute(
                insert(Organisation).values(
                    municipality_id=club.municipality_id,
                    name=name,
                    name_key=name,
                    confirms_certificates=True,
                    added_at=club.app.clock.now(),
                    **point,
                )
            )
    await to_places(club, parent)
    listed = await parent.does(parent.person.do("send_content", content={"location": HERE}))
    lines = [line for line in text_of(listed).splitlines() if line.startswith("•")]
    assert ["Сад № 9" in lines[0], "Школа № 1" in lines[1], lines[2]] == [True, True, "• Сад № 2"]
    assert "ближе 500 м" in lines[0]
    assert "10,5 км" in lines[1]
    async with club.app.database.read() as tx:
        kept = (await tx.execute(select(DialogueState.__table__))).all()
    opened = [
        club.app.cipher.open_json("dialogue", value)
        for row in kept
        for value in row
        if isinstance(value, bytes)
    ]
    assert "46.3" not in str(opened)
    assert opened
