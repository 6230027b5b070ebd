"""What search reads: programmes by words and by what can be wished of them, and what staff and
parents teach it.

Beside `programme_texts` stands the full-text index of the database (`core.db.fulltext`), which is
no table of the models.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class SearchTitle(Base):
    """A distinct title, as stems in order; processes keep all of them in memory. Added only."""

    __tablename__ = "search_titles"

    id: Mapped[Id]
    stems: Mapped[str] = mapped_column(unique=True)  # separated by spaces; may be empty


class SearchWord(Base):
    """A word that stands in some programme. Added only; one that becomes a place is added anew."""

    __tablename__ = "search_words"

    id: Mapped[Id]
    stem: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str]  # how people are shown it
    place: Mapped[bool]  # stands in an address, the name of a municipality or an organisation


class SearchVersion(Base):
    """One row. Whoever adds titles, words or synonyms raises the number first in the same write,
    so they come one after another and ids appear in their order."""

    __tablename__ = "search_version"

    id: Mapped[Id]
    number: Mapped[int]
    edition: Mapped[int | None]  # of the code that laid all of the index; indexing.EDITION


class ProgrammeFacets(Base):
    """A published programme, narrow: what wishes other than words are met by."""

    __tablename__ = "programme_facets"
    __table_args__ = (
        Index("ix_programme_facets_title", "title_id"),
        Index("ix_programme_facets_place", "municipality_id", "direction"),
    )

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title_id: Mapped[int] = mapped_column(ForeignKey("search_titles.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    direction: Mapped[str]
    age_from_months: Mapped[int]
    age_to_months: Mapped[int]  # inclusive
    price_kopecks: Mapped[int | None]  # 0: free
    certificate: Mapped[bool]  # paid by a financed certificate
    adapted: Mapped[bool]
    holiday: Mapped[bool]
    remote: Mapped[bool]


class ProgrammeHours(Base):
    """When one group of a programme meets: days as bits (Monday is 1, Tuesday 2, Wednesday 4 …),
    minutes of the day when its earliest session begins and its latest one ends."""

    __tablename__ = "programme_hours"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), index=True
    )
    days: Mapped[int]
    starts: Mapped[int]
    ends: Mapped[int]


class ProgrammeTexts(Base):
    """The stems of a published programme, each once, separated by spaces."""

    __tablename__ = "programme_texts"

    programme_id: Mapped[int] = mapped_column(
        ForeignKey("programmes.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    words: Mapped[str]  # title and annotation
    place: Mapped[str]  # organisation, addresses of groups, municipality


class SearchSynonym(Base):
    """Staff's own: who writes `phrase` means `stands_for`. Without a municipality: everywhere."""

    __tablename__ = "search_synonyms"
    __table_args__ = (UniqueConstraint("municipality_id", "phrase_key"),)

    id: Mapped[Id]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    phrase: Mapped[str]
    phrase_key: Mapped[str]  # stems of the phrase
    stands_for: Mapped[str]
    added_at: Mapped[datetime]


class SearchMiss(Base):
    """Words that found nothing. No digits, no names: what people type may be anything."""

    __tablename__ = "search_misses"
    __table_args__ = (UniqueConstraint("municipality_id", "words"),)

    id: Mapped[Id]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    words: Mapped[str]
    times: Mapped[int]
    last_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
