"""One row of a registry: a programme and one of its groups, read and judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from core.domain.naming import normal_form
from core.domain.programmes import AgeSpan, Direction, Level, RegistryKind, StudyForm
from core.files.tables import Cell
from core.services.registry_import import cells
from core.services.registry_import.cells import Unreadable
from core.services.registry_import.fields import MANDATORY, Column, FormSaid, Named, readers
from core.services.registry_import.header import Header
from core.services.registry_import.reading import refused_row
from core.services.registry_import.report import Fault, RefusedRow
from core.services.registry_import.vocabulary import Vocabulary
from core.services.registry_import.when import UNSAID, When

_IDENTIFYING = ("municipality", "organisation", "title")
_key = lru_cache(4_000)(normal_form)


@dataclass(frozen=True, kw_only=True)
class ProgrammeRow:
    """What a row says. None: the cell is empty or the file has no such column.

    `identity` tells the programme within its municipality: organisation, title, ages and level in
    normal form, hashed so that a long title fits an index. Money in kopecks.
    """

    number: int
    municipality_id: int
    identity: str
    organisation: str
    organisation_key: str
    title: str
    annotation: str | None
    direction: Direction
    ages: AgeSpan
    level: Level | None
    form: StudyForm | None
    registry_kind: RegistryKind | None
    hours: int | None
    price_kopecks: int | None
    normative_price_kopecks: int | None
    adapted: bool
    remote: bool | None
    holiday: bool
    group_name: str
    group_key: str
    teacher: str | None
    address: str | None
    schedule: list[dict[str, Any]]
    schedule_note: str | None
    capacity: int | None
    starts_on: date | None
    ends_on: date | None
    applications_from: date | None
    applications_until: date | None

    def group_terms(self) -> tuple[object, ...]:
        """All that the row says of its group, for telling a repeated row from another one."""
        return (
            _key(self.teacher or ""),
            _key(self.address or ""),
            tuple((day["weekday"], day["starts"], day.get("ends")) for day in self.schedule),
            self.schedule_note,
            self.capacity,
            self.starts_on,
            self.ends_on,
            self.applications_from,
            self.applications_until,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Unclear:
    """What a refused row says of its programme; None: even that could not be read."""

    municipality_id: int | None
    organisation_key: str | None
    title_key: str | None


class RowReader:
    """Reads rows under one header. `municipality` settles whose row it is, or raises Unreadable;
    `known_as` under which key an organisation of it goes."""

    def __init__(
        self,
        header: Header,
        words: Vocabulary,
        municipality: Callable[[Cell], int],
        known_as: Callable[[int, str], str],
    ) -> None:
        self._known_as = known_as
        self._default_group = Named(text=words.default_group, key=normal_form(words.default_group))
        self._columns = {
            name: Column(
                place=header.columns[name][0] if header.has(name) else None,
                title=header.title(name) if header.has(name) else "",
                read=read,
            )
            for name, read in readers(words, municipality).items()
            if header.has(name) or name in MANDATORY
        }

    def read(self, number: int, row: list[Cell]) -> ProgrammeRow | RefusedRow:
        reading = _Row(row, self._columns)
        ages = reading.ages()
        starts_on, ends_on = reading.days("starts_on", "ends_on", "period", "schedule")
        applications_from, applications_until = reading.days(
            "applications_from", "applications_until", "applications"
        )
        if reading.faults or ages is None:
            return reading.refused(number)
        said = reading.said
        organisation: Named = said["organisation"]
        organisation_key = self._known_as(said["municipality"], organisation.key)
        title: Named = said["title"]
        group: Named = said.get("group_name") or self._default_group
        form: FormSaid | None = said.get("form")
        week = reading.week()
        return ProgrammeRow(
            number=number,
            municipality_id=said["municipality"],
            identity=_identity(organisation_key, title.key, ages, said.get("level")),
            organisation=organisation.text,
            organisation_key=organisation_key,
            title=title.text,
            annotation=said.get("annotation"),
            direction=said["direction"],
            ages=ages,
            level=said.get("level"),
            form=form.form if form else None,
            registry_kind=said.get("registry_kind"),
            hours=said.get("hours"),
            price_kopecks=said.get("price"),
            normative_price_kopecks=said.get("normative_price"),
            adapted=bool(said.get("adapted")),
            remote=reading.remote(),
            holiday=bool(said.get("holiday")),
            group_name=group.text,
            group_key=group.key,
            teacher=said.get("teacher"),
            address=said.get("address"),
            schedule=week.week,
            schedule_note=week.note,
            capacity=said.get("capacity"),
            starts_on=starts_on,
            ends_on=ends_on,
            applications_from=applications_from,
            applications_until=applications_until,
        )

    def programme_of(self, row: list[Cell]) -> Unclear:
        """Which programme a row that was refused seems to speak of."""
        said = _Row(row, {name: self._columns[name] for name in _IDENTIFYING}).said
        organisation: Named | None = said.get("organisation")
        title: Named | None = said.get("title")
        place: int | None = said.get("municipality")
        key = None
        if organisation is not None and place is not None:
            key = self._known_as(place, organisation.key)
        return Unclear(
            municipality_id=place,
            organisation_key=key,
            title_key=title.key if title else None,
        )


class _Row:
    """The cells of one row, read by columns; then what several columns say together."""

    def __init__(self, row: list[Cell], columns: Mapping[str, Column]) -> None:
        self._row = row
        self._columns = columns
        self.said: dict[str, Any] = {}
        self.faults: list[tuple[int, Fault]] = []
        for field, column in columns.items():
            try:
                self.said[field] = column.value(column.cell(row))
            except Unreadable as unreadable:
                self._blame(field, unreadable)

    def ages(self) -> AgeSpan | None:
        """One column for both bounds, or where it is empty two."""
        one = self.said.get("age")
        if one is not None or "age_from" not in self._columns or "age_to" not in self._columns:
            self._must("age")
            return one
        youngest, oldest = self._must("age_from"), self._must("age_to")
        if youngest is None or oldest is None:
            return None
        try:
            return cells.span(youngest, oldest)
        except Unreadable as unreadable:
            self._blame("age_to", unreadable)
            return None

    def days(self, first: str, last: str, *whole: str) -> tuple[date | None, date | None]:
        """The first and the last day, each from its own column, else from the cells of `whole`."""
        begins, ends, blamed = self.said.get(first), self.said.get(last), last
        for field in whole:
            period = self.said.get(field, UNSAID).period
            begins = begins or period.first
            if ends is None and period.last is not None:
                ends, blamed = period.last, field
        if begins is not None and ends is not None and ends < begins:
            self._blame(blamed, Unreadable("ends-before", first=begins.strftime("%d.%m.%Y")))
        return begins, ends

    def week(self) -> When:
        """Of the schedule's column, else of the period's."""
        schedule: When = self.said.get("schedule", UNSAID)
        if schedule.week or schedule.note is not None:
            return schedule
        period: When = self.said.get("period", UNSAID)
        return period

    def remote(self) -> bool | None:
        """An empty cell of its own column is no; without such a column only the form may say so."""
        own: bool | None = self.said.get("remote")
        form: FormSaid | None = self.said.get("form")
        if own is None and form is not None and form.remote:
            return True
        return bool(own) if "remote" in self._columns else None

    def refused(self, number: int) -> RefusedRow:
        ordered = sorted(self.faults, key=lambda found: found[0])
        return refused_row(number, [fault for _, fault in ordered])

    def _must(self, field: str) -> Any:
        """An empty cell is a fault."""
        value = self.said.get(field)
        if value is None and field in self.said:
            self._blame(field, Unreadable("empty"))
        return value

    def _blame(self, field: str, unreadable: Unreadable) -> None:
        column = self._columns[field]
        fault = Fault(
            column=column.title,
            value=cells.shown(column.cell(self._row)),
            reason=unreadable.reason,
            params=unreadable.params,
        )
        self.faults.append((-1 if column.place is None else column.place, fault))


def _identity(organisation_key: str, title_key: str, ages: AgeSpan, level: Level | None) -> str:
    # line ends cannot stand in a normal form, so two names never run into each other
    whole = "\n".join(
        (organisation_key, title_key, str(ages.from_months), str(ages.to_months), level or "")
    )
    return sha256(whole.encode("utf-8")).hexdigest()
