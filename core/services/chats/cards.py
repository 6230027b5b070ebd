"""Cards of the moderation chat: where they stand, who may press them, what a press asks for.

A card carries no personal data. «Open» sends the details to the private chat of the one who
pressed, through the outbox, and the audit notes the look. Whoever may not decide a request, and
whoever presses what does not exist or stands in another chat, gets one and the same NotFound.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    BoundChat,
    Certificate,
    ChatTopic,
    Person,
    Programme,
    StaffCard,
)
from core.domain.actors import Actor, Messenger
from core.domain.outgoing import Notice
from core.domain.refusals import NotFound, Refusal
from core.domain.staff import (
    CardSubject,
    ChatPurpose,
    may_decide_applications,
    may_decide_certificates,
)
from core.services.audit.looks import note_look
from core.services.chats.steps import CardRef, repeat_card, repeat_waiting, topic_opened
from core.services.outgoing.steps import enqueue
from core.services.staff.steps import rights_of


class PrivateChatClosed(Refusal):
    """The person has stopped the bot: details cannot be sent to the private chat."""


@dataclass(frozen=True, kw_only=True)
class PlacedCard:
    """A card the messenger shows already."""

    message_id: int


@dataclass(frozen=True, kw_only=True)
class CardPlace:
    """Where a card belongs. In a forum `topic_id` is set, `thread_id` once the topic is made."""

    card: CardRef
    topic_id: int | None
    thread_id: int | None
    message_id: int | None

    @property
    def lacks_topic(self) -> bool:
        return self.topic_id is not None and self.thread_id is None


@dataclass(frozen=True, kw_only=True)
class TopicToOpen:
    """A topic a forum still lacks."""

    id: int
    subject: CardSubject


class Cards:
    """Presses on cards, and what the outbox asks when it shows one."""

    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def placed(
        self, subject: CardSubject, subject_id: int, bound_chat_id: int
    ) -> PlacedCard | None:
        """The card as it stands in the chat, or None when none was sent (or it was lost)."""
        place = await self.find_place(subject, subject_id, bound_chat_id)
        if place is None or place.message_id is None:
            return None
        return PlacedCard(message_id=place.message_id)

    async def find_place(
        self, subject: CardSubject, subject_id: int, bound_chat_id: int
    ) -> CardPlace | None:
        """Where the card goes; None when the chat is bound no more."""
        async with self._database.read() as tx:
            row = (
                await tx.execute(
                    select(
                        ChatTopic.id.label("topic_id"), ChatTopic.thread_id, StaffCard.message_id
                    )
                    .select_from(BoundChat)
                    .outerjoin(
                        ChatTopic,
                        (ChatTopic.bound_chat_id == BoundChat.id)
                        & (ChatTopic.subject == subject)
                        & (BoundChat.kind == "forum"),
                    )
                    .outerjoin(
                        StaffCard,
                        (StaffCard.bound_chat_id == BoundChat.id)
                        & (StaffCard.subject == subject)
                        & (StaffCard.subject_id == subject_id),
                    )
                    .where(BoundChat.id == bound_chat_id, BoundChat.unbound_at.is_(None))
                )
            ).one_or_none()
        if row is None:
            return None
        return CardPlace(
            card=CardRef(subject=subject, subject_id=subject_id, bound_chat_id=bound_chat_id),
            topic_id=row.topic_id,
            thread_id=row.thread_id,
            message_id=row.message_id,
        )

    async def find_topic_to_open(self, topic_id: int) -> TopicToOpen | None:
        """The topic when it still has to be made, else None."""
        async with self._database.read() as tx:
            subject = await tx.scalar(
                select(ChatTopic.subject)
                .join(BoundChat, BoundChat.id == ChatTopic.bound_chat_id)
                .where(
                    ChatTopic.id == topic_id,
                    ChatTopic.thread_id.is_(None),
                    BoundChat.kind == "forum",
                    BoundChat.unbound_at.is_(None),
                )
            )
        if subject is None:
            return None
        return TopicToOpen(id=topic_id, subject=CardSubject(subject))

    async def topic_opened_for(self, tx: Tx, place: CardPlace, thread_id: int) -> None:
        """In the settling write: the topic the card lacked is there, now the card may go, and with
        it those that were in a topic somebody deleted.
        """
        if place.topic_id is None:
            return
        now = self._clock.now()
        await topic_opened(tx, place.topic_id, thread_id)
        await repeat_card(tx, place.card, cause=thread_id, now=now, cipher=self._cipher)
        municipality_id = await tx.scalar(
            select(BoundChat.municipality_id).where(BoundChat.id == place.card.bound_chat_id)
        )
        if municipality_id is not None:
            await repeat_waiting(
                tx,
                place.card.bound_chat_id,
                municipality_id,
                cause=thread_id,
                now=now,
                cipher=self._cipher,
                only=place.card.subject,
            )

    async def check_press(
        self,
        actor: Actor,
        subject: CardSubject,
        subject_id: int,
        *,
        messenger: Messenger,
        chat_id: int,
    ) -> None:
        """The card may stand in this chat and the actor may decide it. Raises NotFound.

        Decisions check the right once more inside their own write.
        """
        async with self._database.read() as tx:
            found = await _require_right(
                tx, actor.person_id, subject, subject_id, self._clock.now()
            )
            bound = await tx.scalar(
                select(BoundChat.id).where(
                    BoundChat.messenger == messenger,
                    BoundChat.chat_id == chat_id,
                    BoundChat.purpose == ChatPurpose.MODERATION,
                    BoundChat.municipality_id == found.municipality_id,
                    BoundChat.unbound_at.is_(None),
                )
            )
        if bound is None:
            raise NotFound()

    async def check_right(self, actor: Actor, subject: CardSubject, subject_id: int) -> None:
        """The actor may decide it, wherever he asks. Raises NotFound."""
        async with self._database.read() as tx:
            await _require_right(tx, actor.person_id, subject, subject_id, self._clock.now())

    async def look(self, actor: Actor, subject: CardSubject, subject_id: int, *, tap: str) -> None:
        """Send the details to the actor's private chat; the audit notes the look.

        `tap` names the press: the same press again sends nothing more, and looks at one state
        within some minutes are one look.
        Raises NotFound, PrivateChatClosed.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            found = await _require_right(tx, actor.person_id, subject, subject_id, now)
            notice = _to_private(_DETAILS_KINDS[subject], actor, subject, subject_id, tap, {})
            await self._order(tx, notice, now)
            await note_look(
                tx,
                at=now,
                actor=actor.mark,
                action=_LOOKS[subject],
                entity=subject.value,
                entity_id=subject_id,
                municipality_id=found.municipality_id,
                fields=_LOOKED_AT[subject],
                version=found.version,
            )

    async def ask_reason(
        self, actor: Actor, subject: CardSubject, subject_id: int, *, version: int, tap: str
    ) -> None:
        """Ask the actor in private for a refusal's reason in words.

        Raises NotFound, PrivateChatClosed.
        """
        async with self._database.write() as tx:
            now = self._clock.now()
            await _require_right(tx, actor.person_id, subject, subject_id, now)
            notice = _to_private(
                "card.reason", actor, subject, subject_id, tap, {"card_version": version}
            )
            await self._order(tx, notice, now)

    async def _order(self, tx: Tx, notice: Notice, now: datetime) -> None:
        blocked_at = await tx.scalar(select(Person.blocked_at).where(Person.id == notice.person_id))
        if blocked_at is not None:
            raise PrivateChatClosed()
        await enqueue(tx, notice, now=now, cipher=self._cipher)


_DETAILS_KINDS = {
    CardSubject.CERTIFICATES: "details.certificate",
    CardSubject.APPLICATIONS: "details.application",
}
_LOOKS = {
    CardSubject.CERTIFICATES: "certificate.opened",
    CardSubject.APPLICATIONS: "application.opened",
}
_NAME = ("last_name", "first_name", "patronymic", "born", "guardian_name", "phone")
_LOOKED_AT = {
    CardSubject.CERTIFICATES: (*_NAME, "snils"),
    CardSubject.APPLICATIONS: (*_NAME, "number_tail"),
}


@dataclass(frozen=True, kw_only=True)
class _Found:
    municipality_id: int
    version: int


def _to_private(
    kind: str,
    actor: Actor,
    subject: CardSubject,
    subject_id: int,
    tap: str,
    params: dict[str, int | str],
) -> Notice:
    return Notice(
        kind=kind,
        entity=subject,
        entity_id=subject_id,
        version=press_number(tap),
        person_id=actor.person_id,
        params=params,
    )


def press_number(tap: str) -> int:
    """A number of 63 bits that names the press."""
    return int.from_bytes(sha256(tap.encode("utf-8")).digest()[:8], "big") >> 1


async def _require_right(
    tx: Tx, person_id: int, subject: CardSubject, subject_id: int, now: datetime
) -> _Found:
    """What the person may decide now. Raises NotFound."""
    rights = await rights_of(tx, person_id, now)
    if subject is CardSubject.CERTIFICATES:
        certificate = (
            await tx.execute(
                select(Certificate.municipality_id, Certificate.version).where(
                    Certificate.id == subject_id
                )
            )
        ).one_or_none()
        if certificate is None or not may_decide_certificates(
            rights, municipality_id=certificate.municipality_id
        ):
            raise NotFound()
        return _Found(municipality_id=certificate.municipality_id, version=certificate.version)
    application = (
        await tx.execute(
            select(Application.municipality_id, Application.version, Programme.organisation_id)
            .join(Programme, Programme.id == Application.programme_id)
            .where(Application.id == subject_id)
        )
    ).one_or_none()
    if application is None or not may_decide_applications(
        rights,
        municipality_id=application.municipality_id,
        organisation_id=application.organisation_id,
    ):
        raise NotFound()
    return _Found(municipality_id=application.municipality_id, version=application.version)
