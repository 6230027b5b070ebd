"""Children and certificates of a registry come in once, sealed, and nobody is overwritten."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from core.db.engine import Database
from core.db.models import Child, Guardianship, Import
from core.domain.certificates import CertificateDouble, CertificateState
from core.domain.municipality import RegistryMode
from core.services.registry_import import Pace
from tests.services.registers import (
    ALICE,
    BORIS,
    CERTIFICATE,
    SNILS,
    Register,
    counts,
)
from tests.services.town import Town, found_town


@pytest.fixture
def register(town: Town, tmp_path: Path) -> Register:
    return Register(town=town, folder=tmp_path, pace=Pace(breath=0))


async def test_children_come_in_sealed_and_a_second_time_nothing_is_written(
    register: Register,
) -> None:
    rows = ({**ALICE, "СНИЛС": SNILS}, {**BORIS, "СНИЛС": ""})

    first = await register.bring("children", *rows)
    before = await register.everything()
    register.town.clock.move(timedelta(days=1))
    second = await register.bring("children", *rows)

    assert (counts(first), first.written) == ((2, 0, 0, 0), True)
    assert counts(second) == (0, 0, 2, 0)
    assert await register.everything() == before
    alice, boris = await register.children()
    cipher = register.town.cipher
    assert (alice.last_name, alice.first_name, alice.born) == (
        "Петрова",
        "Алиса",
        date(2017, 3, 5),
    )
    assert cipher.open_text("snils", alice.snils_sealed) == "11223344595"
    assert alice.snils_index == cipher.blind_index("snils", "11223344595")
    assert (boris.snils_sealed, boris.state) == (None, "entered")
    assert await register.is_well()


async def test_the_import_is_the_ground_of_what_it_brought(register: Register) -> None:
    await register.bring("children", ALICE, {**BORIS, "Дата рождения": "31.02.2017"}, skip_bad=True)

    (alice,) = await register.children()
    async with register.town.database.read() as tx:
        (held,) = (await tx.execute(select(Import))).all()
    assert (alice.import_id, held.kind, held.rows_new, held.rows_refused) == (
        held.id,
        "children",
        1,
        1,
    )
    assert held.visible_at is not None
    assert await register.town.actions("imports", held.id) == ["children.imported"]
    await register.town.execute(update(Child).values(import_id=None))
    assert not await register.is_well()


async def test_what_a_record_lacked_is_filled_in(register: Register) -> None:
    await register.bring("children", {**ALICE, "Отчество": ""})

    report = await register.bring("children", {**ALICE, "СНИЛС": SNILS})

    assert counts(report) == (0, 1, 0, 0)
    (alice,) = await register.children()
    assert alice.patronymic == "Ивановна"
    assert alice.snils_sealed is not None
    assert await register.town.actions("children", alice.id) == ["child.completed"]
    assert await register.is_well()


async def test_a_certificate_comes_with_its_child_number_nominal_and_period(
    register: Register,
) -> None:
    report = await register.bring("certificates", CERTIFICATE)

    assert counts(report) == (1, 0, 0, 0)
    (held,) = await register.certificates()
    cipher = register.town.cipher
    assert cipher.open_text("certificate", held.number_sealed) == "2300000110"
    assert held.number_index == cipher.blind_index("certificate", "2300000110")
    assert (held.number_tail, held.kind, held.state) == ("0110", "financed", "active")
    assert (held.nominal_kopecks, held.period_from, held.period_until) == (
        900_050,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert (held.requested_by, held.visit_code, held.visit_until) == (None, None, None)
    assert await register.is_well()
    again = await register.bring("certificates", CERTIFICATE)
    assert counts(again) == (0, 0, 1, 0)


async def test_a_certificate_finds_the_child_an_earlier_file_brought(register: Register) -> None:
    await register.bring("children", {**ALICE, "СНИЛС": SNILS})

    await register.bring("certificates", CERTIFICATE)

    (alice,) = await register.children()
    (held,) = await register.certificates()
    assert held.child_id == alice.id


async def test_the_registrys_own_word_may_change_and_is_in_the_audit(register: Register) -> None:
    await register.bring("certificates", CERTIFICATE)

    report = await register.bring(
        "certificates", {**CERTIFICATE, "Статус": "приостановлен", "Номинал": "12000"}
    )

    assert counts(report) == (0, 1, 0, 0)
    (held,) = await register.certificates()
    assert (held.state, held.nominal_kopecks, held.version) == ("suspended", 1_200_000, 2)
    assert await register.town.actions("certificates", held.id) == ["certificate.reconciled"]


async def test_a_foreign_child_typed_by_a_parent_gets_no_certificate(register: Register) -> None:
    """Anybody can type a name and a birth date: the number must not become his."""
    town = register.town
    stranger = await town.parent()
    typed = await town.child(stranger)

    await register.bring("certificates", CERTIFICATE)

    assert await town.requests.of_child(stranger, typed.id) is None
    assert len(await register.children()) == 2
    request = await town.requested(stranger, typed)
    card = await town.certificate_decisions.card(request.id)
    assert card.possible_double


async def test_a_child_of_an_import_is_shown_to_no_parent_who_registers_it(
    register: Register,
) -> None:
    await register.bring("certificates", CERTIFICATE)
    await register.bring("children", {**ALICE, "СНИЛС": SNILS})
    town = register.town
    parent = await town.parent()

    child = await town.child(parent)

    assert [found.id for found in await town.children.list_mine(parent)] == [child.id]
    assert await town.requests.of_child(parent, child.id) is None
    assert (await town.my_data.of(parent)).children[0].certificates == ()
    request = await town.requested(parent, child, snils=SNILS)
    with pytest.raises(CertificateDouble):
        await town.certificate_decisions.confirm(
            await town.staff(), request.id, version=request.version
        )
    assert await register.is_well()


async def test_a_child_whose_documents_were_seen_gets_the_registrys_word(
    database: Database, tmp_path: Path
) -> None:
    """Where the registry is external it says kind and nominal of a number typed by staff."""
    town = await found_town(database, registry_mode=RegistryMode.EXTERNAL)
    register = Register(town=town, folder=tmp_path, pace=Pace(breath=0))
    parent = await town.parent()
    child = await town.child(parent)
    request = await town.requested(parent, child)
    await town.certificate_decisions.confirm(
        await town.staff(), request.id, version=request.version, number="2300000110"
    )

    report = await register.bring("certificates", CERTIFICATE)

    assert counts(report) == (0, 1, 0, 0)
    (held,) = await register.certificates()
    assert (held.kind, held.nominal_kopecks) == ("financed", 900_050)
    assert len(await register.children()) == 1


async def test_a_number_a_file_has_brought_is_passed_over_by_the_counter(
    register: Register,
) -> None:
    await register.bring("certificates", {**CERTIFICATE, **BORIS, "Номер": "9901000001"})
    town = register.town
    parent = await town.parent()

    held = await town.certified(parent, await town.child(parent))

    assert await town.requests.show_number(parent, held.id) == "9901000002"


async def test_the_certificate_in_force_is_the_one_a_family_sees(register: Register) -> None:
    town = register.town
    parent, child = await town.family()

    await register.bring("certificates", {**CERTIFICATE, "Статус": "аннулирован"})

    seen = await town.requests.of_child(parent, child.id)
    assert seen is not None
    assert seen.state is CertificateState.ACTIVE
    assert len(await register.certificates()) == 2


async def test_an_imported_certificate_attached_later_reads_without_a_visit(
    register: Register,
) -> None:
    await register.bring("certificates", CERTIFICATE)
    town = register.town
    parent = await town.parent()
    (alice,) = await register.children()
    (held,) = await register.certificates()
    await town.execute(
        insert(Guardianship).values(
            child_id=alice.id, person_id=parent.person_id, since=town.clock.now()
        )
    )

    seen = await town.requests.get_mine(parent, held.id)
    details = await town.certificate_decisions.open(await town.staff(), held.id)

    assert (seen.visit_code, seen.number_tail) == (None, "0110")
    assert (details.guardian_name, details.visit_until) == (None, None)
    assert (await town.my_data.of(parent)).children[0].certificates == (seen,)
