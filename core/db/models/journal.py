"""The audit: append-only (triggers), ids and field names only, never values of personal fields."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class AuditRecord(Base):
    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_entity", "entity", "entity_id"),)

    id: Mapped[Id]
    at: Mapped[datetime]
    actor: Mapped[str]  # person:ID | system | cli
    action: Mapped[str]  # past tense of the field: certificate.requested, application.accepted …
    entity: Mapped[str]  # table name
    entity_id: Mapped[int]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    fields: Mapped[list[str]]  # names of the fields that changed or were looked at
    details: Mapped[dict[str, Any]]  # ids, codes, states
