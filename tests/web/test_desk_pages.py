"""The desk walked over HTTP: in, the queue, one request, many, papers, tables, out."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import update

from core.db.models import Child
from core.domain.staff import Role
from tests.services.town import SNILS, Town
from tests.web.browser_of_staff import Browser
from tests.web.conftest import DeskTown

NAME = "Неповторимова Алиса Игоревна"


async def request_of(town: Town, name: str = NAME, snils: str | None = None) -> int:
    parent = await town.parent()
    return (await town.requested(parent, await town.child(parent, name), snils=snils)).id


@pytest.fixture
async def anna(desk: DeskTown) -> Browser:
    return await desk.come_in(await desk.town.staff())


async def test_a_look_at_the_link_spends_nothing(desk: DeskTown) -> None:
    code = await desk.code(await desk.town.staff())
    browser = await desk.browser()
    for _ in range(3):
        looked = await browser.get(f"/desk/enter?c={code}")
        assert looked.status == 200
        assert "Войти" in looked.text

    assert (await browser.enter(code)).headers["Location"] == "/desk"
    assert (await browser.get("/desk")).headers["Location"] == "/desk/certificates"


async def test_the_cookie_is_for_this_browser_and_these_pages_only(desk: DeskTown) -> None:
    desk.settings.desk_url = "https://desk.example"
    browser = await desk.browser()
    entered = await browser.post("/desk/enter", [("c", await desk.code(await desk.town.staff()))])
    cookie = entered.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Strict", "Secure", "Path=/desk"):
        assert part in cookie
    assert "expires" not in cookie.lower()


async def test_the_list_names_nobody_and_the_opened_request_is_audited(
    desk: DeskTown, anna: Browser
) -> None:
    number = await request_of(desk.town, snils=SNILS)
    listed = await anna.get("/desk/certificates")
    assert f"№ {number}" in listed.text
    assert "Неповторимова" not in listed.text

    opened = await anna.get(f"/desk/certificates/{number}")

    for shown in (NAME, "112-233-445 95", "Мария", "05.03.2017"):
        assert shown in opened.text
    assert await desk.town.actions("certificates", number) == [
        "certificate.requested",
        "certificate.opened",
    ]


async def test_a_request_is_confirmed_and_leaves_the_queue(desk: DeskTown, anna: Browser) -> None:
    number = await request_of(desk.town)

    done = await anna.post(f"/desk/certificates/{number}/confirm", [("version", "1")])

    assert done.headers["Location"] == f"/desk/certificates?done={number}"
    listed = await anna.get(done.headers["Location"])
    assert "записано" in listed.text
    assert f"/desk/certificates/{number}" not in listed.text
    decided = await anna.get("/desk/certificates?show=decided")
    assert f"/desk/certificates/{number}" in decided.text


async def test_a_refusal_needs_a_reason_and_another_reason_its_words(
    desk: DeskTown, anna: Browser
) -> None:
    number = await request_of(desk.town)
    where = f"/desk/certificates/{number}/refuse"

    wordless = await anna.post(where, [("version", "1"), ("reason", "other")])
    assert wordless.status == 422
    assert "Слишком коротко" in wordless.text
    forged = await anna.post(where, [("version", "1"), ("reason", "because")])
    assert forged.status == 404
    words = [("version", "1"), ("reason", "other"), ("note", "Нет <b>подписи</b> в заявлении")]
    assert (await anna.post(where, words)).status == 303

    opened = await anna.get(f"/desk/certificates/{number}")
    assert "Нет &lt;b&gt;подписи&lt;/b&gt; в заявлении" in opened.text


async def test_who_comes_second_is_told_who_decided_and_when(desk: DeskTown, anna: Browser) -> None:
    number = await request_of(desk.town)
    boris = await desk.come_in(await desk.town.staff(Role.HEAD))
    assert (
        await boris.post(f"/desk/certificates/{number}/confirm", [("version", "1")])
    ).status == 303
    desk.town.clock.move(timedelta(minutes=3))

    late = await anna.post(
        f"/desk/certificates/{number}/refuse", [("version", "1"), ("reason", "wrong_data")]
    )

    assert late.status == 409
    assert "Уже решено: Мария, 24 августа, 12:00" in late.text


async def test_an_application_is_accepted_on_the_desk_of_its_provider(desk: DeskTown) -> None:
    town = desk.town
    parent, child = await town.family()
    number = (await town.applied(parent, child, await town.group())).id
    provider = await desk.come_in(await town.staff(Role.PROVIDER, at=town.organisation_id))
    assert (await provider.get("/desk")).headers["Location"] == "/desk/applications"
    assert "Робототехника, Группа 1" in (await provider.get("/desk/applications")).text

    done = await provider.post(f"/desk/applications/{number}/confirm", [("version", "1")])

    assert done.status == 303
    assert await town.actions("applications", number) == [
        "application.made",
        "application.accepted",
    ]


async def test_what_is_searched_for_stands_in_no_address(desk: DeskTown, anna: Browser) -> None:
    number = await request_of(desk.town)

    found = await anna.post("/desk/certificates/find", [("q", "неповторимова алиса")])
    unclear = await anna.post("/desk/certificates/find", [("q", "'; DROP TABLE <i>")])

    assert f"/desk/certificates/{number}" in found.text
    assert "Не понимаю, что искать" in unclear.text
    assert "&lt;i&gt;" in unclear.text


async def test_many_are_confirmed_after_one_more_question(desk: DeskTown, anna: Browser) -> None:
    numbers = [await request_of(desk.town, name) for name in ("Белова Мария", "Чернов Пётр")]
    ticks = [("tick", f"{number}.1") for number in numbers]
    await desk.town.certificate_decisions.confirm(await desk.town.staff(), numbers[1], version=1)

    asked = await anna.post("/desk/certificates/check", ticks)
    assert "Подтвердить отмеченные: 2?" in asked.text
    report = await anna.post("/desk/certificates/confirm", ticks)

    assert "Подтверждено: 1" in report.text
    assert "Решение уже есть." in report.text
    assert f"№ {numbers[1]}" in report.text


async def test_a_second_certificate_for_one_insurance_number_is_told_to_staff(
    desk: DeskTown, anna: Browser
) -> None:
    first = await request_of(desk.town, "Белова Мария", SNILS)
    second = await request_of(desk.town, "Чернова Анна", SNILS)
    await anna.post(f"/desk/certificates/{first}/confirm", [("version", "1")])

    told = await anna.post(f"/desk/certificates/{second}/confirm", [("version", "1")])

    assert told.status == 422
    assert "Такой СНИЛС уже есть у другого сертификата" in told.text


async def test_papers_are_filled_from_the_request_or_blank(desk: DeskTown, anna: Browser) -> None:
    number = await request_of(desk.town, snils=SNILS)
    for paper, words in (("statement", "Прошу выдать"), ("consent", "152-ФЗ")):
        filled = await anna.get(f"/desk/certificates/{number}/{paper}")
        blank = await anna.get(f"/desk/blank/{paper}")
        assert words in filled.text
        assert NAME in filled.text
        assert words in blank.text
        assert "Неповторимова" not in blank.text
    assert "certificate.opened" in await desk.town.actions("certificates", number)


async def test_without_an_operator_no_consent_is_printed(desk: DeskTown, anna: Browser) -> None:
    desk.settings.operator_name = ""
    assert (await anna.get("/desk/blank/consent")).status == 404
    assert (await anna.get("/desk/blank/statement")).status == 200


async def test_a_roster_comes_by_a_link_that_lives_a_day_and_each_download_is_audited(
    desk: DeskTown, anna: Browser
) -> None:
    town = desk.town
    parent = await town.parent()
    child = await town.child(parent, "Петрова Алиса")
    await town.certified(parent, child)
    await town.transfer_consent(parent)
    group = await town.group()
    await town.applied(parent, child, group)
    await town.execute(update(Child).values(last_name="=Петрова"))

    made = await anna.post("/desk/files", [("kind", "roster"), ("about", str(group))])
    where = made.headers["Location"]
    assert "Робототехника, Группа 1" in (await anna.get(where)).text
    table = await anna.post(f"{where}/download")

    assert table.headers["Content-Disposition"].startswith('attachment; filename="roster-2026')
    sheet = sheet_of(table.body)
    assert "&apos;=Петрова" in sheet or "'=Петрова" in sheet
    assert "<f>" not in sheet
    assert await town.actions("desk_files", 1) == ["desk_file.made", "desk_file.downloaded"]
    town.clock.move(timedelta(hours=24))
    back = await desk.come_in(await town.staff())
    assert (await back.get(where)).status == 404
    assert (await back.post(f"{where}/download")).status == 404


async def test_exports_hold_certificates_and_applications_of_the_municipality(
    desk: DeskTown, anna: Browser
) -> None:
    town = desk.town
    parent, child = await town.family()
    await town.applied(parent, child, await town.group())
    for kind in ("certificates", "applications"):
        made = await anna.post(
            "/desk/files", [("kind", kind), ("about", str(town.municipality.id))]
        )
        table = await anna.post(f"{made.headers['Location']}/download")
        assert child.name.full in sheet_of(table.body)


async def test_leaving_closes_this_browser_or_all(desk: DeskTown) -> None:
    staff = await desk.town.staff()
    one, two, three = [await desk.come_in(staff) for _ in range(3)]
    assert (await one.get("/desk/sessions")).text.count("<li>") == 3

    await one.post("/desk/leave")
    assert (await one.get("/desk/certificates")).status == 401
    assert (await two.get("/desk/certificates")).status == 200
    await two.post("/desk/leave-everywhere")

    assert (await three.get("/desk/certificates")).status == 401


def sheet_of(body: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()
