"""Every attack on the desk's authority, on every page: nothing is written, nothing is told apart.

Foreign and absent things give the same answer by the same number of statements.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from sqlalchemy import select, update

from core.db.models import Application, StaffRight
from core.domain.desk import WRONG_TRIES
from core.domain.staff import Role
from tests.services.statements import statements
from tests.services.town import Town
from tests.web.browser_of_staff import Browser
from tests.web.conftest import DeskTown
from tests.web.probing import DECISION, alike, deed, look, written

PAGES = (
    "/desk",
    "/desk/sessions",
    "/desk/certificates",
    "/desk/applications",
    "/desk/certificates/1",
    "/desk/applications/1",
    "/desk/certificates/1/statement",
    "/desk/certificates/1/consent",
    "/desk/blank/statement",
    "/desk/blank/consent",
    "/desk/files",
    "/desk/files/abcdefghijklmnopqrstuvwx",
)
DEEDS = (
    "/desk/leave",
    "/desk/leave-everywhere",
    "/desk/certificates/find",
    "/desk/certificates/check",
    "/desk/certificates/confirm",
    "/desk/applications/confirm",
    "/desk/certificates/1/confirm",
    "/desk/certificates/1/refuse",
    "/desk/applications/1/confirm",
    "/desk/applications/1/refuse",
    "/desk/files",
    "/desk/files/abcdefghijklmnopqrstuvwx/download",
)


@pytest.fixture
async def request_number(town: Town) -> int:
    parent = await town.parent()
    return (await town.requested(parent, await town.child(parent))).id


@pytest.fixture
async def application_number(town: Town) -> int:
    parent, child = await town.family()
    return (await town.applied(parent, child, await town.group())).id


async def stranger(desk: DeskTown) -> Browser:
    """A moderator of another municipality."""
    other = await desk.town.neighbour()
    return await desk.come_in(await desk.town.staff(Role.HEAD, municipality_id=other))


async def test_without_a_session_every_page_says_the_same(
    desk: DeskTown, request_number: int
) -> None:
    before = await written(desk.town)
    gone = await desk.come_in(await desk.town.staff())
    ended = gone.cookie()
    await gone.post("/desk/leave")
    texts = set()
    for token in ("", "junk", ended, "\u042f", "x" * 3000):
        browser = await desk.browser()
        browser.carry(token)
        for page in PAGES:
            answer = await browser.get(page)
            assert answer.status == 401, page
            texts.add(answer.text)
        for where in DEEDS:
            answer = await browser.post(where, DECISION)
            assert answer.status == 401, where
            texts.add(answer.text)
    assert len(texts) == 1
    assert await written(desk.town) == before


async def test_an_ended_session_and_one_that_never_was_cost_the_same(desk: DeskTown) -> None:
    gone = await desk.come_in(await desk.town.staff())
    ended = gone.cookie()
    await gone.post("/desk/leave")
    counts = set()
    for token in ("absent", ended):
        browser = await desk.browser()
        browser.carry(token)
        with statements() as seen:
            await browser.get("/desk/certificates")
        counts.add(len(seen))
    assert len(counts) == 1


@pytest.mark.parametrize("subject", ["certificates", "applications"])
async def test_a_foreign_request_and_an_absent_one_look_alike(
    desk: DeskTown, request_number: int, application_number: int, subject: str
) -> None:
    number = request_number if subject == "certificates" else application_number
    browser = await stranger(desk)
    ids = (number - 1 or 10**6, number, number + 1, 10**17)

    for rest in ("", "/statement", "/consent"):
        await alike(desk.town, browser, [look(f"/desk/{subject}/{n}{rest}") for n in ids])
    for rest in ("confirm", "refuse"):
        await alike(desk.town, browser, [deed(f"/desk/{subject}/{n}/{rest}") for n in ids])


async def test_a_rival_provider_sees_and_decides_nothing_of_another(
    desk: DeskTown, application_number: int
) -> None:
    rival = await desk.come_in(
        await desk.town.staff(Role.PROVIDER, at=await desk.town.organisation())
    )
    await alike(
        desk.town,
        rival,
        [
            deed(f"/desk/applications/{n}/confirm")
            for n in (application_number, application_number + 1)
        ],
    )
    assert (
        f"/desk/applications/{application_number}"
        not in (await rival.get("/desk/applications?show=all")).text
    )


async def test_confirming_many_tells_foreign_ones_as_absent_ones(
    desk: DeskTown, request_number: int
) -> None:
    before = await written(desk.town)
    browser = await stranger(desk)
    report = await browser.post(
        "/desk/certificates/confirm",
        [("tick", f"{request_number}.1"), ("tick", f"{request_number + 7}.1")],
    )
    told = re.findall(r"<li><a[^>]*>[^<]*</a>([^<]*)</li>", report.text)
    assert len(told) == 2
    assert len(set(told)) == 1
    assert await written(desk.town) == before


async def test_a_search_of_strangers_finds_what_is_foreign_as_what_is_absent(
    desk: DeskTown, request_number: int
) -> None:
    browser = await stranger(desk)
    pages = set()
    counts = set()
    for typed in (str(request_number), "987654"):
        with statements() as seen:
            answer = await browser.post("/desk/certificates/find", [("q", typed)])
        pages.add(answer.text.replace(f'value="{typed}"', ""))
        counts.add(len(seen))
    assert len(pages) == len(counts) == 1


async def test_tables_of_others_look_like_tables_that_are_not_there(
    desk: DeskTown, application_number: int
) -> None:
    town = desk.town
    async with town.database.read() as tx:
        group = await tx.scalar(select(Application.group_id))
    assert group is not None
    anna = await desk.come_in(await town.staff())
    roster = (await anna.post("/desk/files", [("kind", "roster"), ("about", str(group))])).headers
    links = [roster["Location"], "/desk/files/" + "A" * 24]
    for browser in (
        await stranger(desk),
        await desk.come_in(await town.staff(Role.PROVIDER, at=await town.organisation())),
        await desk.come_in(await town.staff(Role.OPERATOR)),
    ):
        await alike(town, browser, [look(a) for a in links])
        await alike(town, browser, [deed(f"{a}/download") for a in links])
        for kind, about in (("roster", group), ("applications", town.municipality.id)):
            await alike(
                town,
                browser,
                [
                    deed("/desk/files", [("kind", kind), ("about", str(a))])
                    for a in (about, about + 900)
                ],
            )


async def test_a_late_link_to_a_table_looks_like_one_that_never_was(desk: DeskTown) -> None:
    town = desk.town
    anna = await town.staff()
    made = await (await desk.come_in(anna)).post(
        "/desk/files", [("kind", "certificates"), ("about", str(town.municipality.id))]
    )
    town.clock.move(timedelta(hours=24))
    await alike(
        town,
        await desk.come_in(anna),
        [look(a) for a in (made.headers["Location"], "/desk/files/" + "A" * 24)],
    )


async def test_who_loses_the_right_is_out_at_the_next_press(
    desk: DeskTown, request_number: int
) -> None:
    before = await written(desk.town)
    anna = await desk.come_in(await desk.town.staff())
    await desk.town.execute(update(StaffRight).values(revoked_at=desk.town.clock.now()))

    pressed = await anna.post(f"/desk/certificates/{request_number}/confirm", DECISION)

    assert pressed.status == 401
    assert await written(desk.town) == before
    assert (await anna.get("/desk/certificates")).status == 401


async def test_who_keeps_another_right_decides_only_by_that(
    desk: DeskTown, request_number: int
) -> None:
    town = desk.town
    head = await town.staff(Role.HEAD)
    await town.grant(head, Role.PROVIDER, organisation_id=town.organisation_id)
    anna = await desk.come_in(head)
    await town.execute(
        update(StaffRight).where(StaffRight.role == Role.HEAD).values(revoked_at=town.clock.now())
    )
    await alike(
        town,
        anna,
        [deed(f"/desk/certificates/{n}/confirm") for n in (request_number, 10**6)],
    )


async def test_every_deed_needs_the_token_of_its_own_session(
    desk: DeskTown, request_number: int
) -> None:
    anna = await desk.come_in(await desk.town.staff())
    boris = await desk.come_in(await desk.town.staff())
    before = await written(desk.town)
    for where in DEEDS:
        for token in ("", "junk", "\u042f", boris.csrf):
            assert (await anna.post(where, DECISION, csrf=token)).status == 403, where
    assert await written(desk.town) == before
    assert (await anna.get("/desk/certificates")).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
async def test_forms_of_other_sites_do_nothing(
    desk: DeskTown, request_number: int, headers: dict[str, str]
) -> None:
    before = await written(desk.town)
    anna = await desk.come_in(await desk.town.staff())
    where = f"/desk/certificates/{request_number}/confirm"

    assert (await anna.post(where, DECISION, **headers)).status == 403

    assert await written(desk.town) == before


async def test_a_link_used_once_or_late_opens_nothing(desk: DeskTown) -> None:
    staff = await desk.town.staff()
    used, late = await desk.code(staff), ""
    assert (await (await desk.browser()).enter(used)).status == 303
    late = await desk.code(staff)
    desk.town.clock.move(timedelta(minutes=5))
    answers, counts = set(), set()
    for code in (used, late, "", "junk", "\u042f" * 40, "i_" + used):
        browser = await desk.browser()
        with statements() as seen:
            answer = await browser.enter(code)
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers
        answers.add(answer.text)
        counts.add(len(seen))
    assert len(answers) == len(counts) == 1


async def test_guessing_links_is_braked_for_a_minute(desk: DeskTown) -> None:
    code = await desk.code(await desk.town.staff())
    browser = await desk.browser()
    for number in range(WRONG_TRIES):
        assert (await browser.enter(f"guess-{number}")).status == 403
    with statements() as seen:
        assert (await browser.enter(code)).status == 429
    assert seen == []

    desk.town.clock.move(timedelta(minutes=1))

    assert (await browser.enter(code)).status == 303


async def test_every_page_is_kept_from_frames_caches_and_foreign_scripts(desk: DeskTown) -> None:
    anna = await desk.come_in(await desk.town.staff())
    for page in (*PAGES, "/desk/enter?c=x"):
        answer = await anna.get(page)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<style" not in answer.text
        assert "style=" not in answer.text
        assert not re.search(r"<script(?! src=)| on\w+=", answer.text)


async def test_what_a_link_carries_is_shown_as_text(desk: DeskTown) -> None:
    answer = await (await desk.browser()).get(
        "/desk/enter?c=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    )
    assert "<script>alert" not in answer.text


async def test_forms_too_long_or_unreadable_are_refused(desk: DeskTown) -> None:
    anna = await desk.come_in(await desk.town.staff())
    session = {"Cookie": f"desk={anna.cookie()}"}
    url = f"{desk.address}/desk/certificates/find"

    async def pieces() -> AsyncIterator[bytes]:
        yield b"csrf=" + anna.csrf.encode()

    async with aiohttp.ClientSession(headers=session) as bare:
        for body in (b"q=" + b"x" * 70_000, b"\xff\xfe", b"", b"q=%ff", pieces()):
            async with bare.post(url, data=body) as answer:
                assert answer.status == 403
    for q in ("\0", "\ud7ff", "9" * 60, "x" * 5000):
        assert (await anna.post("/desk/certificates/find", [("q", q)])).status == 200
    for query in ("page=0", "page=-1", "page=" + "9" * 40, "show=%00", "done=%3Cb%3E"):
        assert (await anna.get(f"/desk/certificates?{query}")).status == 200


async def test_where_personal_data_is_off_the_desk_is_closed(
    desk: DeskTown, request_number: int
) -> None:
    anna = await desk.come_in(await desk.town.staff())
    desk.settings.personal_flows = "off"
    with statements() as seen:
        assert {(await anna.get(page)).status for page in PAGES} == {503}
        assert {(await anna.post(where, DECISION)).status for where in DEEDS} == {503}
    assert seen == []
