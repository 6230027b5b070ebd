"""A consent is taken back as easily as it was given, and only what stood on it ends."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from core.db.models import Application, Consent
from core.domain.actors import Actor
from core.domain.consents import ConsentKind, ConsentNeeded, ErasingNeeded
from core.domain.enrolment import ApplicationState
from core.domain.refusals import NotFound
from core.services.privacy.withdrawals import Withdrawals
from tests.services.town import Town


def withdrawals(town: Town) -> Withdrawals:
    return Withdrawals(town.database, town.clock, town.cipher)


async def consent_of(town: Town, actor: Actor, kind: ConsentKind) -> int:
    standing = await withdrawals(town).list_standing(actor)
    return next(one.id for one in standing if one.kind is kind)


async def state_of(town: Town, application_id: int) -> str | None:
    async with town.database.read() as tx:
        return await tx.scalar(select(Application.state).where(Application.id == application_id))


async def test_mailings_end_at_once_and_nothing_else(town: Town) -> None:
    parent, child = await town.family()
    applied = await town.applied(parent, child, await town.group())
    await town.consents.give(parent, ConsentKind.MAILINGS, version="1", body="m", key=town.key())
    consent = await consent_of(town, parent, ConsentKind.MAILINGS)
    assert (await withdrawals(town).withdraw(parent, consent)).withdrawn
    assert (await withdrawals(town).withdraw(parent, consent)).withdrawn
    assert not await town.consents.holds(parent, ConsentKind.MAILINGS)
    assert await state_of(town, applied.id) == ApplicationState.NEW
    assert await town.actions("consents", consent) == ["consent.given", "consent.withdrawn"]


async def test_with_a_transfer_go_the_applications_to_that_provider(town: Town) -> None:
    group = await town.group()
    parent, child = await town.family()
    applied = await town.applied(parent, child, group)
    consent = await consent_of(town, parent, ConsentKind.TRANSFER)
    seen = await withdrawals(town).foresee(parent, consent)
    assert [one.id for one in seen.ends] == [applied.id]
    assert seen.stays == ()
    await withdrawals(town).withdraw(parent, consent)
    assert await state_of(town, applied.id) == ApplicationState.WITHDRAWN
    assert await town.taken(group) == 0
    with pytest.raises(ConsentNeeded):
        await town.applied(parent, child, group)


async def test_what_a_child_attends_stays(town: Town) -> None:
    group = await town.group()
    parent, child = await town.family()
    applied = await town.applied(parent, child, group)
    await town.execute(
        update(Application)
        .where(Application.id == applied.id)
        .values(state=ApplicationState.STUDYING)
    )
    consent = await consent_of(town, parent, ConsentKind.TRANSFER)
    assert [one.id for one in (await withdrawals(town).foresee(parent, consent)).stays] == [
        applied.id
    ]
    await withdrawals(town).withdraw(parent, consent)
    assert await state_of(town, applied.id) == ApplicationState.STUDYING
    assert await town.taken(group) == 1


async def test_the_consent_to_hold_data_is_taken_back_by_erasing(town: Town) -> None:
    parent, _child = await town.family()
    consent = await consent_of(town, parent, ConsentKind.PROCESSING)
    with pytest.raises(ErasingNeeded):
        await withdrawals(town).withdraw(parent, consent)
    assert await town.consents.holds(parent, ConsentKind.PROCESSING)


@pytest.mark.parametrize("deed", ["foresee", "withdraw"])
async def test_another_familys_consent_is_as_one_that_is_not_there(town: Town, deed: str) -> None:
    parent, _child = await town.family()
    stranger, _other = await town.family()
    consent = await consent_of(town, parent, ConsentKind.TRANSFER)
    for number in (consent, 4040):
        with pytest.raises(NotFound):
            await getattr(withdrawals(town), deed)(stranger, number)
    async with town.database.read() as tx:
        withdrawn = await tx.scalar(select(Consent.withdrawn_at).where(Consent.id == consent))
    assert withdrawn is None
