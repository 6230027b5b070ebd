"""Words that have changed are agreed to anew before anything more is asked, with the difference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from bot.sandbox.client import button_texts, text_of
from bot.views.consents import VERSIONS
from core.db.models import Consent
from core.domain.consents import ConsentKind
from tests.dialogs.club import NAME, Club, Parent
from tests.dialogs.places import to_apply_check


@pytest.fixture
def rewrite(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The words change after people have agreed."""

    def now() -> None:
        for kind, version in list(VERSIONS.items()):
            monkeypatch.setitem(VERSIONS, kind, f"{version}1")

    return now


async def acts(club: Club, kind: ConsentKind) -> int:
    async with club.app.database.read() as tx:
        held = select(func.count()).select_from(Consent).where(Consent.kind == kind)
        return (await tx.execute(held)).scalar_one()


async def test_the_next_child_asks_for_the_new_words(
    club: Club, parent: Parent, rewrite: Callable[[], None]
) -> None:
    await club.registered(parent)
    rewrite()
    await parent.say("/menu")
    await parent.press("Мои дети")
    asked = await parent.press("Добавить ребёнка")
    assert "Текст согласия изменился" in text_of(asked)
    await parent.press("Согласен")
    assert "Шаг 1 из 3" in text_of(await parent.person.last())
    assert await acts(club, ConsentKind.PROCESSING) == 2


async def test_the_same_words_are_not_asked_twice(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await parent.say("/menu")
    await parent.press("Мои дети")
    form = await parent.press("Добавить ребёнка")
    assert "Шаг 1 из 3" in text_of(form)


async def test_an_application_asks_for_the_new_words_of_the_transfer(
    club: Club, parent: Parent, rewrite: Callable[[], None]
) -> None:
    await to_apply_check(club, parent)
    rewrite()
    await parent.start(f"p_{club.chess}")
    asked = await parent.press("Записать")
    assert "Текст согласия изменился" in text_of(asked)
    assert "передаётся" in text_of(asked)
    check = await parent.press("Согласен")
    assert "Проверьте заявку" in text_of(check)
    assert NAME.split()[1] in text_of(check)
    assert button_texts(check)
