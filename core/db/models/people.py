"""People who talk to the bot, staff rights, invitations, chats bound by staff, consents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class Person(Base):
    """An account of a messenger. Before a consent it is a number and a language, no more."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("messenger", "messenger_id"),)

    id: Mapped[Id]
    messenger: Mapped[str]  # telegram
    messenger_id: Mapped[int]
    name: Mapped[str | None]  # kept from the consent on
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[bytes | None] = mapped_column(index=True)
    locale: Mapped[str]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    blocked_at: Mapped[datetime | None]  # the person blocked the bot: nothing is sent
    seen_at: Mapped[datetime]


class StaffRight(Base):
    """A right is role x municipality x organisation, held by dates."""

    __tablename__ = "staff_rights"
    __table_args__ = (
        Index(
            "uq_staff_rights_municipal",
            "person_id",
            "role",
            "municipality_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND organisation_id IS NULL"),
            postgresql_where=text("revoked_at IS NULL AND organisation_id IS NULL"),
        ),
        Index(
            "uq_staff_rights_organisation",
            "person_id",
            "role",
            "municipality_id",
            "organisation_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL AND organisation_id IS NOT NULL"),
            postgresql_where=text("revoked_at IS NULL AND organisation_id IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str]  # core.domain.staff.Role
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    granted_at: Mapped[datetime]
    starts_at: Mapped[datetime | None]  # None: at once
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: an operator
    delegated_from: Mapped[int | None] = mapped_column(ForeignKey("staff_rights.id"))


class StaffInvitation(Base):
    """One-time and expiring; only the hash of its code is kept."""

    __tablename__ = "staff_invitations"

    id: Mapped[Id]
    code_sha256: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    starts_at: Mapped[datetime | None]  # of the right; None: as soon as it is accepted
    ends_at: Mapped[datetime | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: an operator


class ChatCode(Base):
    """A one-time code that binds a chat to a purpose: `/bind CODE`."""

    __tablename__ = "chat_codes"

    id: Mapped[Id]
    code_sha256: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]  # core.domain.staff.ChatPurpose
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class BoundChat(Base):
    """A staff or parents' chat the bot may speak in."""

    __tablename__ = "bound_chats"
    __table_args__ = (
        Index(
            "uq_bound_chats_live",
            "messenger",
            "chat_id",
            "purpose",
            unique=True,
            sqlite_where=text("unbound_at IS NULL"),
            postgresql_where=text("unbound_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    messenger: Mapped[str]
    chat_id: Mapped[int]
    kind: Mapped[str]  # group | supergroup | forum | channel
    purpose: Mapped[str]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    bound_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    bound_at: Mapped[datetime]
    unbound_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  # unbound because the bot was put out: it may come back


class ChatTopic(Base):
    """A topic of a bound forum; `thread_id` is written back once the messenger has made it."""

    __tablename__ = "chat_topics"
    __table_args__ = (UniqueConstraint("bound_chat_id", "subject"),)

    id: Mapped[Id]
    bound_chat_id: Mapped[int] = mapped_column(ForeignKey("bound_chats.id"))
    subject: Mapped[str]  # certificates | applications
    thread_id: Mapped[int | None]


class StaffCard(Base):
    """A card about one certificate request or application in one bound chat."""

    __tablename__ = "staff_cards"
    __table_args__ = (UniqueConstraint("subject", "subject_id", "bound_chat_id"),)

    id: Mapped[Id]
    subject: Mapped[str]  # certificates | applications
    subject_id: Mapped[int]
    bound_chat_id: Mapped[int] = mapped_column(ForeignKey("bound_chats.id"))
    message_id: Mapped[int | None]  # written back by the outbox


class ConsentText(Base):
    """The exact words people agreed to."""

    __tablename__ = "consent_texts"
    __table_args__ = (UniqueConstraint("kind", "sha256"),)

    id: Mapped[Id]
    kind: Mapped[str]  # processing | transfer | mailings
    version: Mapped[str]
    sha256: Mapped[str]
    body: Mapped[str]
    first_shown_at: Mapped[datetime]


class Consent(Base):
    """One act of one person; never changed, only withdrawn."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_person", "person_id", "kind"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    child_id: Mapped[int | None] = mapped_column(ForeignKey("children.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("consent_texts.id"))
    source: Mapped[str]  # bot | paper
    key: Mapped[str] = mapped_column(unique=True)  # the use case's idempotency key
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
