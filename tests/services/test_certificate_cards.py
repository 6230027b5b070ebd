"""The card: its link opens the certificate to the guardian and to staff of the place, and to
nobody else; the counters; the drawing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from core.db.models import AuditRecord, Certificate
from core.documents.cards import CardWords, draw_card
from core.domain.certificates import CertificateKind, HaltReason
from core.domain.refusals import NotFound
from core.domain.staff import Role
from core.services.certificates.cards import CertificateCards
from core.services.certificates.halting import Halting
from core.services.municipalities.municipalities import Municipalities
from tests.services.statements import statements
from tests.services.town import Town


def cards(town: Town) -> CertificateCards:
    return CertificateCards(town.database, town.clock, town.chance, town.cipher)


async def test_the_guardian_gets_one_link_that_is_kept_sealed(town: Town) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    facts = await cards(town).get_card(parent, certificate.id)
    assert facts == await cards(town).get_card(parent, certificate.id)
    assert (facts.number, facts.until) == ("9901000001", date(2035, 3, 5))
    assert len(facts.token) == 22
    async with town.database.read() as tx:
        for table in (Certificate, AuditRecord):
            rows = [tuple(row) for row in await tx.execute(select(table.__table__))]
            assert facts.token not in repr(rows)


async def test_a_link_opens_to_the_guardian_and_to_staff_of_the_place(town: Town) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    token = (await cards(town).get_card(parent, certificate.id)).token
    assert (await cards(town).find_by_token(parent, token)).mine
    officer = await town.staff(Role.OFFICER, at=town.organisation_id)
    for person in (officer, await town.staff()):
        found = await cards(town).find_by_token(person, token)
        assert (found.certificate_id, found.mine) == (certificate.id, False)


async def test_foreign_replaced_and_junk_are_one_answer_of_as_many_statements(
    town: Town,
) -> None:
    parent, stranger = await town.parent(), await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    token = (await cards(town).get_card(parent, certificate.id)).token
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    elsewhere = await town.staff(municipality_id=other.id)
    for person in (stranger, elsewhere):
        costs = set()
        for tried in (token, "x" * 22):
            with statements() as cost, pytest.raises(NotFound):
                await cards(town).find_by_token(person, tried)
            costs.add(len(cost))
        assert len(costs) == 1
        for number in (certificate.id, certificate.id + 1):
            with pytest.raises(NotFound):
                await cards(town).get_card(person, number)
            with pytest.raises(NotFound):
                await cards(town).replace_link(person, number)
    await cards(town).replace_link(parent, certificate.id)
    with pytest.raises(NotFound):
        await cards(town).find_by_token(parent, token)
    fresh = (await cards(town).get_card(parent, certificate.id)).token
    assert (await cards(town).find_by_token(parent, fresh)).mine


async def test_a_certificate_that_has_ended_has_no_card(town: Town) -> None:
    parent = await town.parent()
    certificate = await town.certified(parent, await town.child(parent))
    halting = Halting(town.database, town.clock, town.cipher, town.quiet)
    await halting.annul(await town.staff(), certificate.id, version=2, reason=HaltReason.DOUBLE)
    with pytest.raises(NotFound):
        await cards(town).get_card(parent, certificate.id)


async def test_the_counters_say_what_the_certificate_is_used_for(town: Town) -> None:
    parent, child = await town.family()
    groups = [await town.group(), await town.group(programme={"registry_kind": "other"})]
    paid = await town.group(programme={"registry_kind": "paid", "price_kopecks": 100})
    applied = [await town.applied(parent, child, group) for group in (*groups, paid)]
    standing = await cards(town).get_standing(parent, 1)
    assert (standing.kind, standing.nominal_kopecks) == (CertificateKind.RECORD, None)
    assert (standing.significant, standing.other, standing.significant_limit) == (1, 1, 3)
    await town.applications.withdraw(parent, applied[0].id)
    assert (await cards(town).get_standing(parent, 1)).significant == 0
    with pytest.raises(NotFound):
        await cards(town).get_standing(await town.parent(), 1)


def test_a_card_is_drawn_as_picture_and_pdf_with_names_shown_literally() -> None:
    drawn = draw_card(
        CardWords(
            place="#panic() район",
            title="Сертификат дополнительного образования " * 3,
            child="Петрова-$x$ Алиса *[Ивановна]* " * 5,
            number_label="Номер",
            number="99 01 000001",
            validity="Действует до 5 марта 2035 года",
            qr_label="Покажите",
            link="https://t.me/kruzhok_bot?start=c_" + "a" * 22,
        )
    )
    assert drawn.png.startswith(b"\x89PNG")
    assert drawn.pdf.startswith(b"%PDF")
