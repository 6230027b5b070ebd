"""Steps other areas, and the outbox's settling write, call to reach staff chats.

A card and a topic are made by the messenger: their numbers are written back here. What somebody
deleted there (a topic, a card's message) is forgotten here, and so made again when a card is next
shown. A forum that lets the bot make no topics is spoken to as a plain supergroup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Application, BoundChat, Certificate, ChatTopic, StaffCard
from core.domain.certificates import UNDECIDED as UNDECIDED_CERTIFICATES
from core.domain.enrolment import UNDECIDED as UNDECIDED_APPLICATIONS
from core.domain.outgoing import Notice
from core.domain.staff import CardSubject, ChatPurpose
from core.services.outgoing.steps import enqueue

CARD_KINDS = {
    CardSubject.CERTIFICATES: "card.certificate",
    CardSubject.APPLICATIONS: "card.application",
}
REPEATED_KINDS = {
    CardSubject.CERTIFICATES: "card.certificate.again",
    CardSubject.APPLICATIONS: "card.application.again",
}


@dataclass(frozen=True, kw_only=True)
class BoundChatRef:
    """A live bound chat: what a notice needs to know of it."""

    id: int


@dataclass(frozen=True, kw_only=True)
class CardRef:
    """One card in one bound chat."""

    subject: CardSubject
    subject_id: int
    bound_chat_id: int


async def moderation_chats(tx: Tx, municipality_id: int) -> list[BoundChatRef]:
    """The live moderation chats of a municipality, in the order of binding; often one or none."""
    rows = await tx.execute(
        select(BoundChat.id)
        .where(
            BoundChat.municipality_id == municipality_id,
            BoundChat.purpose == ChatPurpose.MODERATION,
            BoundChat.unbound_at.is_(None),
        )
        .order_by(BoundChat.id)
    )
    return [BoundChatRef(id=row.id) for row in rows]


async def lay_topics(tx: Tx, bound_chat_id: int, *, now: datetime, cipher: Cipher) -> None:
    """Order the topics of a forum that are not there yet."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    for subject in CardSubject:
        await tx.execute(
            insert(ChatTopic)
            .values(bound_chat_id=bound_chat_id, subject=subject)
            .on_conflict_do_nothing(
                index_elements=[ChatTopic.bound_chat_id, ChatTopic.subject],
            )
        )
    missing = await tx.execute(
        select(ChatTopic.id)
        .where(ChatTopic.bound_chat_id == bound_chat_id, ChatTopic.thread_id.is_(None))
        .order_by(ChatTopic.id)
    )
    for row in missing.all():
        await enqueue(
            tx,
            Notice(
                kind="topic.open",
                entity="chat_topics",
                entity_id=row.id,
                version=0,
                bound_chat_id=bound_chat_id,
            ),
            now=now,
            cipher=cipher,
        )


async def topic_opened(tx: Tx, topic_id: int, thread_id: int) -> None:
    """The messenger made the topic."""
    await tx.execute(update(ChatTopic).where(ChatTopic.id == topic_id).values(thread_id=thread_id))


async def topic_gone(tx: Tx, topic_id: int, thread_id: int) -> None:
    """The messenger knows this topic no more, nor the cards in it: another is made with the next
    card, and those that wait come again there.
    """
    topic = (
        await tx.execute(
            update(ChatTopic)
            .where(ChatTopic.id == topic_id, ChatTopic.thread_id == thread_id)
            .values(thread_id=None)
            .returning(ChatTopic.bound_chat_id, ChatTopic.subject)
        )
    ).one_or_none()
    if topic is None:
        return
    await tx.execute(
        update(StaffCard)
        .where(StaffCard.bound_chat_id == topic.bound_chat_id, StaffCard.subject == topic.subject)
        .values(message_id=None)
    )


async def topics_refused(tx: Tx, bound_chat_id: int) -> None:
    """No topics can be made here: cards go to the chat itself, until it is bound again."""
    await tx.execute(
        update(BoundChat)
        .where(BoundChat.id == bound_chat_id, BoundChat.kind == "forum")
        .values(kind="supergroup")
    )


async def card_placed(tx: Tx, card: CardRef, message_id: int) -> None:
    """The messenger shows the card in this message from now on."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    await tx.execute(
        insert(StaffCard)
        .values(
            subject=card.subject,
            subject_id=card.subject_id,
            bound_chat_id=card.bound_chat_id,
            message_id=message_id,
        )
        .on_conflict_do_update(
            index_elements=[StaffCard.subject, StaffCard.subject_id, StaffCard.bound_chat_id],
            set_={"message_id": message_id},
        )
    )


async def card_gone(tx: Tx, card: CardRef, message_id: int) -> None:
    """The message is gone, or cannot be edited: the card is sent as a new one."""
    await tx.execute(
        update(StaffCard)
        .where(
            StaffCard.subject == card.subject,
            StaffCard.subject_id == card.subject_id,
            StaffCard.bound_chat_id == card.bound_chat_id,
            StaffCard.message_id == message_id,
        )
        .values(message_id=None)
    )


async def repeat_card(tx: Tx, card: CardRef, *, cause: int, now: datetime, cipher: Cipher) -> None:
    """Show the card once more. `cause` is the number of what made it necessary (a topic, a chat):
    one cause, one repeat.
    """
    await enqueue(
        tx,
        Notice(
            kind=REPEATED_KINDS[card.subject],
            entity=card.subject.value,
            entity_id=card.subject_id,
            version=cause,
            bound_chat_id=card.bound_chat_id,
        ),
        now=now,
        cipher=cipher,
    )


async def show_card(
    tx: Tx,
    subject: CardSubject,
    subject_id: int,
    *,
    version: int,
    municipality_id: int,
    now: datetime,
    cipher: Cipher,
) -> None:
    """Place or mend the card in each bound moderation chat of the municipality."""
    for chat in await moderation_chats(tx, municipality_id):
        card = CardRef(subject=subject, subject_id=subject_id, bound_chat_id=chat.id)
        await _order_card(tx, card, version=version, now=now, cipher=cipher)


async def show_waiting(
    tx: Tx, bound_chat_id: int, municipality_id: int, *, now: datetime, cipher: Cipher
) -> None:
    """Order a card for everything of the municipality that waits for a decision."""
    for subject, subject_id, version in await _waiting(tx, municipality_id):
        card = CardRef(subject=subject, subject_id=subject_id, bound_chat_id=bound_chat_id)
        await _order_card(tx, card, version=version, now=now, cipher=cipher)


async def move_waiting(
    tx: Tx, bound_chat_id: int, municipality_id: int, *, cause: int, now: datetime, cipher: Cipher
) -> None:
    """The chat became another one, where the old messages cannot be edited: show cards anew."""
    await tx.execute(
        update(StaffCard).where(StaffCard.bound_chat_id == bound_chat_id).values(message_id=None)
    )
    await repeat_waiting(tx, bound_chat_id, municipality_id, cause=cause, now=now, cipher=cipher)


async def repeat_waiting(
    tx: Tx,
    bound_chat_id: int,
    municipality_id: int,
    *,
    cause: int,
    now: datetime,
    cipher: Cipher,
    only: CardSubject | None = None,
) -> None:
    """Show once more what waits for a decision; a card that stands there already is left so."""
    for subject, subject_id, _version in await _waiting(tx, municipality_id):
        if only is None or subject is only:
            card = CardRef(subject=subject, subject_id=subject_id, bound_chat_id=bound_chat_id)
            await repeat_card(tx, card, cause=cause, now=now, cipher=cipher)


async def _order_card(
    tx: Tx, card: CardRef, *, version: int, now: datetime, cipher: Cipher
) -> None:
    """One card for one state of its subject."""
    await enqueue(
        tx,
        Notice(
            kind=CARD_KINDS[card.subject],
            entity=card.subject.value,
            entity_id=card.subject_id,
            version=version,
            bound_chat_id=card.bound_chat_id,
        ),
        now=now,
        cipher=cipher,
    )


async def _waiting(tx: Tx, municipality_id: int) -> list[tuple[CardSubject, int, int]]:
    """(subject, id, version), certificates first, oldest first."""
    certificates = await tx.execute(
        select(Certificate.id, Certificate.version)
        .where(
            Certificate.municipality_id == municipality_id,
            Certificate.state.in_(UNDECIDED_CERTIFICATES),
        )
        .order_by(Certificate.id)
    )
    applications = await tx.execute(
        select(Application.id, Application.version)
        .where(
            Application.municipality_id == municipality_id,
            Application.state.in_(UNDECIDED_APPLICATIONS),
        )
        .order_by(Application.id)
    )
    return [(CardSubject.CERTIFICATES, row.id, row.version) for row in certificates] + [
        (CardSubject.APPLICATIONS, row.id, row.version) for row in applications
    ]
