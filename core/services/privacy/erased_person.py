"""The person's part of an erasure: the account becomes a pseudonym, what it left on the way goes.

`messenger` turns into `erased` and the number of the account into minus the id of the row: whoever
comes back with the same account is met as somebody new.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, or_, select, update

from core.db.engine import Tx
from core.db.models import (
    AttachTask,
    AttachTry,
    Consent,
    DeskEntry,
    DeskFile,
    DeskSession,
    DialogueState,
    FamilyCode,
    FamilyInvitation,
    Guardianship,
    InboxRow,
    OutboxRow,
    Person,
    RecoveryTry,
    SeatWatch,
    StaffRight,
)
from core.domain.outgoing import OutboxState

ERASED: Final = "erased"
"""What `people.messenger` says of a pseudonym."""
NO_LOCALE: Final = "und"
_ENDED = ("done", "dead")
_WAYS = (AttachTask, AttachTry, DeskEntry, DeskFile, DeskSession, FamilyCode, RecoveryTry)


async def erase_account(
    tx: Tx, person_id: int, account: int, now: datetime, *, keep: Sequence[str] = ()
) -> dict[str, int]:
    """`account`: the person's number in the messenger. `keep`: endings of the keys of
    dialogue states in the private chat that the update being handled ends itself.
    How much of what was ended."""
    await _forget_ways(tx, person_id, now)
    consents = await tx.execute(
        update(Consent)
        .where(Consent.person_id == person_id, Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    watches = await tx.execute(
        update(SeatWatch)
        .where(SeatWatch.person_id == person_id, SeatWatch.ended_at.is_(None))
        .values(ended_at=now)
    )
    own = select(StaffRight.id).where(StaffRight.person_id == person_id)
    rights = await tx.execute(
        update(StaffRight)
        .where(
            or_(StaffRight.person_id == person_id, StaffRight.delegated_from.in_(own)),
            StaffRight.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    await tx.execute(
        update(Guardianship)
        .where(Guardianship.person_id == person_id, Guardianship.ended_at.is_(None))
        .values(ended_at=now)
    )
    await _drop_traffic(tx, person_id, account, now, keep)
    await tx.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(
            messenger=ERASED,
            messenger_id=-person_id,
            name=None,
            phone_sealed=None,
            phone_index=None,
            locale=NO_LOCALE,
            municipality_id=None,
            blocked_at=now,
        )
    )
    return {
        "consents": consents.rowcount,
        "watches": watches.rowcount,
        "rights": rights.rowcount,
    }


async def _forget_ways(tx: Tx, person_id: int, now: datetime) -> None:
    """Codes, tries and tasks nobody will follow any more."""
    for model in _WAYS:
        await tx.execute(delete(model).where(model.person_id == person_id))
    await tx.execute(
        update(FamilyInvitation)
        .where(FamilyInvitation.inviter_id == person_id, FamilyInvitation.revoked_at.is_(None))
        .values(revoked_at=now)
    )


async def _drop_traffic(
    tx: Tx, person_id: int, account: int, now: datetime, keep: Sequence[str]
) -> None:
    """What came from the person and what was to go there: states, payloads, parameters.

    Keys hold the account's number between colons (`bot:chat:person:thread:…`), queues at their end
    (`chat:person`).
    """
    await tx.execute(
        delete(DialogueState).where(
            DialogueState.key.like(f"%:{account}:%"),
            *(DialogueState.key.not_like(f"%:{account}:{account}:%:{end}") for end in keep),
        )
    )
    await tx.execute(
        update(InboxRow)
        .where(
            InboxRow.state.in_(_ENDED),
            or_(InboxRow.queue.like(f"%:{account}"), InboxRow.queue.like(f"{account}:%")),
        )
        .values(payload=None, queue=f"{ERASED}:{person_id}")
    )
    await tx.execute(
        update(OutboxRow)
        .where(OutboxRow.person_id == person_id, OutboxRow.state == OutboxState.PENDING)
        .values(
            state=OutboxState.DROPPED,
            params=None,
            ended_at=now,
            lease_until=None,
            lease_epoch=OutboxRow.lease_epoch + 1,
        )
    )
    await tx.execute(update(OutboxRow).where(OutboxRow.person_id == person_id).values(params=None))
