"""Whatever a parent sends, in whatever window: an answer that says what is expected, a way out.

A walk leads into each window; there every kind of message is sent, one after the other, and the
window has to stay the same and keep its buttons.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.dialogs.registry import dialogs
from bot.sandbox.client import Fields, button_texts, text_of
from tests.dialogs.certificate_places import CERTIFICATE_PLACES
from tests.dialogs.club import SNILS, Club, Parent
from tests.dialogs.places import LONG, PLACES, Place
from tests.dialogs.places_family import FAMILY_PLACES
from tests.dialogs.places_slips import SLIP_PLACES


async def content(parent: Parent, **fields: object) -> Fields:
    sent: Fields = await parent.person.do("send_content", content=fields)
    return sent


async def pin(parent: Parent) -> None:
    last = await parent.person.last()
    await parent.person.do("pin", message_id=last["message_id"])


async def edit(parent: Parent) -> None:
    own = [m for m in await parent.person.messages() if m["from"]["id"] == parent.person.id]
    texts = [message for message in own if "text" in message]
    await parent.person.do("edit_text", message_id=texts[0]["message_id"], text="поправка")


SENDINGS: dict[str, tuple[Callable[[Parent], Awaitable[object]], str]] = {
    "photo": (lambda p: p.person.do("send_media", kind="photo"), "Фото я удалил"),
    "document": (lambda p: p.person.do("send_media", kind="document"), "Файл я удалил"),
    "voice": (lambda p: p.person.do("send_media", kind="voice"), "Голосовые"),
    "video": (lambda p: p.person.do("send_media", kind="video"), "Видео"),
    "video note": (lambda p: p.person.do("send_media", kind="video_note"), "Видеосообщения"),
    "audio": (lambda p: p.person.do("send_media", kind="audio"), "Аудио"),
    "sticker": (lambda p: p.person.do("send_media", kind="sticker"), "стикер"),
    "animation": (lambda p: p.person.do("send_media", kind="animation"), "анимации"),
    "album": (lambda p: p.person.do("send_album", items=[{"kind": "photo"}] * 3), "Фото"),
    "location": (lambda p: content(p, location={"latitude": 46.3, "longitude": 40}), "Место"),
    "venue": (
        lambda p: content(
            p,
            venue={
                "location": {"latitude": 46.3, "longitude": 40},
                "title": "Дом",
                "address": "ул. Ленина, 1",
            },
            location={"latitude": 46.3, "longitude": 40},
        ),
        "Место",
    ),
    "foreign contact": (lambda p: p.person.do("send_contact", own=False), "чужой контакт"),
    "poll": (
        lambda p: content(
            p,
            poll={
                "id": "1",
                "question": "Пойдём?",
                "options": [
                    {"persistent_id": "1", "text": "да", "voter_count": 0},
                    {"persistent_id": "2", "text": "нет", "voter_count": 0},
                ],
                "total_voter_count": 0,
                "is_closed": False,
                "is_anonymous": True,
                "type": "regular",
                "allows_multiple_answers": False,
                "allows_revoting": False,
                "members_only": False,
            },
        ),
        "опросы",
    ),
    "dice": (lambda p: content(p, dice={"emoji": "🎲", "value": 4}), "Бросок"),
    "unknown command": (lambda p: p.person.say("/<b>nothing"), "Команды /<b>nothing"),
    "pinned message": (pin, "закрепили"),
    "edited text": (edit, "поправили сообщение"),
    "passport": (lambda p: p.person.say("паспорт 03 14 123456"), "Похоже на номер документа"),
    "insurance number": (lambda p: p.person.say(SNILS), "Похоже на СНИЛС"),
}
NOT_AT = {
    ("phone", "passport"),
    ("snils", "insurance number"),
    ("phone", "insurance number"),
    *((step, kind) for step in ("order", "near", "places") for kind in ("location", "venue")),
}
"""What a window asks for leads on from it."""


EVERYWHERE = [*PLACES, *CERTIFICATE_PLACES, *FAMILY_PLACES, *SLIP_PLACES]


@pytest.mark.parametrize("place", EVERYWHERE, ids=lambda place: place.state)
async def test_every_kind_of_message_is_answered_in(
    place: Place, club: Club, parent: Parent
) -> None:
    await place.walk(club, parent)
    step = place.state.partition(":")[2]
    opened = text_of(await parent.person.last())
    assert place.says in opened
    assert len(opened) <= 500 or place.state in LONG
    for kind, (send, answer) in SENDINGS.items():
        if (step, kind) in NOT_AT:
            continue
        screen = await parent.does(send(parent))
        shown = text_of(screen)
        assert answer in shown, (kind, shown)
        assert place.says in shown, (kind, shown)
        assert button_texts(screen), kind
        assert len(button_texts(screen)) <= 8, button_texts(screen)
    rubbish = {"photo", "document", "contact"}
    # Telegram calls an animation a document too
    sent = [m for m in await parent.person.messages() if "animation" not in m]
    left = [message for message in sent if rubbish & message.keys()]
    assert not left, "what may show a document is deleted"


def test_every_window_of_parents_is_walked_into() -> None:
    states = {state.state for dialog in dialogs() for state in dialog.states()}
    parents = {state for state in states if state and not state.startswith("Staff")}
    assert parents == {place.state for place in EVERYWHERE}


async def test_a_message_before_any_start_is_answered_with_the_menu(parent: Parent) -> None:
    screen = await parent.say("добрый день")
    assert "Я на связи" in text_of(screen)
    assert "Сертификат" in button_texts(screen)
