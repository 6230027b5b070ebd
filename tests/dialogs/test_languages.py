"""Each person's language: a folder is enough; what it lacks is said in Russian."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.client import button_texts, text_of
from core.domain.outgoing import Notice
from core.i18n import LOCALES, Texts
from core.services.outgoing.steps import enqueue
from tests.dialogs.club import Club, Parent

TATAR = """
language-name = Татарча
menu-settings = Район: { $municipality }. Тел: { $language }.
button-home = Өйгә
certificate-active = { $first }: сертификат әзер, { $tail }.
"""


@pytest.fixture(autouse=True)
def locales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The product's languages and one more, which a folder with four texts makes."""
    folder = tmp_path / "locales"
    folder.mkdir()
    (folder / "ru").symlink_to(LOCALES / "ru")
    (folder / "tt").mkdir()
    (folder / "tt" / "menu.ftl").write_text(TATAR, encoding="utf-8")
    monkeypatch.setattr("core.i18n.LOCALES", folder)
    return folder


async def choose(parent: Parent, language: str) -> None:
    await parent.say("/settings")
    await parent.press("Язык")
    await parent.press(language)


async def test_the_next_screen_and_later_ones_speak_the_chosen_language(parent: Parent) -> None:
    await parent.start()
    await parent.say("/settings")
    assert "Язык: Русский" in text_of(await parent.person.last())
    await parent.press("Язык")
    assert {"Русский", "Татарча"} <= set(button_texts(await parent.person.last()))
    await parent.press("Татарча")
    shown = await parent.person.last()
    assert "Тел: Татарча" in text_of(shown)
    assert "Өйгә" in button_texts(shown)

    assert "Тел: Татарча" in text_of(await parent.say("/settings"))
    assert "Чем помочь" in text_of(await parent.say("/menu")), "what it lacks is said in Russian"

    await parent.say("/settings")
    await parent.press("Язык")
    await parent.press("Русский")
    assert "Язык: Русский" in text_of(await parent.person.last())


async def test_a_restart_keeps_the_language(club: Club, parent: Parent) -> None:
    await parent.start()
    await choose(parent, "Татарча")
    await club.restart()

    assert "Тел: Татарча" in text_of(await parent.say("/settings"))


async def test_notices_speak_the_readers_language(club: Club, parent: Parent) -> None:
    certificate_id = await club.certified(parent)
    await choose(parent, "Татарча")
    actor = await club.actor_of(parent)
    async with club.app.database.write() as tx:
        notice = Notice(
            kind="certificate.decided",
            entity="certificates",
            entity_id=certificate_id,
            version=99,
            person_id=actor.person_id,
        )
        await enqueue(tx, notice, now=club.app.clock.now(), cipher=club.app.cipher)

    await parent.person.wait_text("сертификат әзер")


async def test_a_language_nobody_wrote_is_not_taken(club: Club, parent: Parent) -> None:
    await parent.start()
    actor = await club.actor_of(parent)
    assert actor.locale == "ru", "the client speaks a language there is no folder for, or Russian"
    assert [club.app.texts.known(code) for code in ("de", "TT-ru", "", None)] == [
        "ru",
        "tt",
        "ru",
        "ru",
    ]


def test_what_a_language_lacks_is_listed(locales: Path) -> None:
    texts = Texts(locales)
    assert texts.languages() == {"ru": "Русский", "tt": "Татарча"}
    lacking = texts.missing("tt")
    assert {"menu-main", "refusal-not-found"} <= lacking
    assert not {"menu-settings", "button-home"} & lacking
    assert texts.speak("tt").say("menu-main") == texts.speak("ru").say("menu-main")


def test_a_language_without_its_own_name_is_called_by_its_code(locales: Path) -> None:
    (locales / "os").mkdir()
    (locales / "os" / "menu.ftl").write_text("button-home = Хæдзармæ\n", encoding="utf-8")
    assert Texts(locales).languages()["os"] == "os"
