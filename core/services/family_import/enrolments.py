"""Rows of a roster beside what is known: who already has a seat, who gets one.

The registry has enrolled the child, so the rules of applying (window, age, seats left) are not
asked: a group that gets more children than seats is overbooked, and the report says so. A seat
asked for in the bot for a child whose papers were seen has come true when a roster lists the child
in the same group; one in another group, or of a child nobody has seen papers of, people decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.domain.enrolment import ApplicationState, MoneySource
from core.domain.registry_tasks import DifferenceKind, DifferenceSubject
from core.services.family_import.clubs import ClubGroup, Clubs
from core.services.family_import.differing import Difference, Differs, Mismatch, Rosters
from core.services.family_import.plan import Change, NewEnrolment, Plan, new_child
from core.services.family_import.roll import Child, Roll, Seat, check_holder
from core.services.family_import.rows import EnrolmentRow


class EnrolmentJudge:
    """`numbers`: municipality and blind index of a number -> whose certificate it is."""

    def __init__(
        self,
        plan: Plan,
        roll: Roll,
        clubs: Clubs,
        numbers: Mapping[tuple[int, bytes], Child],
        *,
        today: date,
        name_field: str,
    ) -> None:
        self._plan = plan
        self._roll = roll
        self._clubs = clubs
        self._numbers = numbers
        self._today = today
        self._name_field = name_field
        self._groups: dict[int, ClubGroup] = {}
        self._coming: Counter[int] = Counter()
        self.rosters = Rosters()

    def judge(self, row: EnrolmentRow) -> None:
        """Raises Mismatch."""
        try:
            child = self._whose(row)
        except Differs as differs:
            self.rosters.unclear.add(differs.difference.subject_id)
            raise
        group = self._clubs.find(
            row.municipality_id,
            row.organisation,
            row.programme,
            row.group,
            born=child.born,
            on=row.enrolled_on or self._today,
        )
        self.rosters.groups.add(group.id)
        self.rosters.listed.add((child.id, group.programme_id))
        seat = child.seats.get(group.programme_id)
        if seat is None:
            self._enrol(row, child, group)
        elif seat.row is not None:
            if (seat.group_id, *_said_of(seat)) != (group.id, row.money_source, row.enrolled_on):
                raise Mismatch("title", "enrolled-twice", row=seat.row)
            self._plan.unchanged += 1
        elif seat.ours:
            self._compare(row, child, group, seat)
        elif seat.group_id != group.id:
            raise _applied_otherwise(child, seat, group)
        elif seat.studies or seat.application_id is None:
            self._plan.unchanged += 1
        else:
            self._settle(row, child, group, seat.version, seat.application_id)

    def overbooked(self) -> list[str]:
        """Titles of programmes with a group that gets more children than it has seats."""
        full = (
            group.title
            for group in self._groups.values()
            if group.capacity is not None
            and self._coming[group.id] > 0
            and group.taken + self._coming[group.id] > group.capacity
        )
        return list(dict.fromkeys(full))

    def _whose(self, row: EnrolmentRow) -> Child:
        if row.certificate_index is not None:
            holder = self._numbers.get((row.municipality_id, row.certificate_index))
            if holder is not None:
                if row.child is not None:
                    check_holder(holder, row.child, name_field=self._name_field)
                return holder
        if row.child is None:
            raise Mismatch("number", "unknown-number")
        found = self._roll.find(row.municipality_id, row.child, name_field=self._name_field)
        return found or new_child(row, row.child)

    def _enrol(self, row: EnrolmentRow, child: Child, group: ClubGroup) -> None:
        for claimed in self._roll.claims(child):
            seat = claimed.seats.get(group.programme_id)
            if seat is not None:
                raise _applied_otherwise(claimed, seat, group)
        if child.id is None and child.row == row.number:
            self._plan.children.append(child)
            self._roll.add(child)
        child.seats[group.programme_id] = Seat(
            group_id=group.id,
            row=row.number,
            money_source=row.money_source,
            enrolled_on=row.enrolled_on,
        )
        self._plan.enrolments.append(
            NewEnrolment(
                row=row.number,
                child=child,
                programme_id=group.programme_id,
                group_id=group.id,
                enrolled_on=row.enrolled_on,
                money_source=row.money_source,
            )
        )
        self._take(group)
        self._plan.new += 1

    def _compare(self, row: EnrolmentRow, child: Child, group: ClubGroup, seat: Seat) -> None:
        """The registry's own earlier word changes; what it leaves unsaid stays."""
        values: dict[str, Any] = {}
        moved = None
        if group.id != seat.group_id:
            values["group_id"] = group.id
            moved = seat.group_id, group.id
        if row.money_source is not None and row.money_source != seat.money_source:
            values["money_source"] = row.money_source
        if row.enrolled_on is not None and row.enrolled_on != seat.enrolled_on:
            values["enrolled_on"] = row.enrolled_on
        child.seats[group.programme_id] = Seat(
            group_id=group.id,
            application_id=seat.application_id,
            row=row.number,
            money_source=row.money_source,
            enrolled_on=row.enrolled_on,
        )
        if not values or seat.application_id is None:
            self._plan.unchanged += 1
            return
        self._plan.enrolment_changes.append(
            Change(
                row_id=seat.application_id,
                municipality_id=row.municipality_id,
                expected={"version": seat.version},
                values={**values, "version": seat.version + 1},
                moved=moved,
            )
        )
        if moved is not None:
            self._take(group)
            self._coming[seat.group_id] -= 1
        self._plan.changed += 1

    def _settle(
        self,
        row: EnrolmentRow,
        child: Child,
        group: ClubGroup,
        version: int,
        application_id: int,
    ) -> None:
        """What was asked for has come true; the seat was the child's from the application on."""
        said = {"money_source": row.money_source, "enrolled_on": row.enrolled_on}
        self._plan.enrolment_changes.append(
            Change(
                row_id=application_id,
                municipality_id=row.municipality_id,
                expected={"version": version},
                values={
                    **{name: value for name, value in said.items() if value is not None},
                    "state": ApplicationState.STUDYING,
                    "version": version + 1,
                },
                settles=True,
            )
        )
        child.seats[group.programme_id] = Seat(
            group_id=group.id,
            application_id=application_id,
            row=row.number,
            money_source=row.money_source,
            enrolled_on=row.enrolled_on,
        )
        self._plan.changed += 1

    def _take(self, group: ClubGroup) -> None:
        self._groups[group.id] = group
        self._coming[group.id] += 1


def _applied_otherwise(child: Child, seat: Seat, group: ClubGroup) -> Mismatch:
    application = str(seat.application_id)
    if seat.application_id is None:
        return Mismatch("title", "application-open", application=application)
    difference = Difference(
        municipality_id=child.municipality_id,
        kind=DifferenceKind.GROUP,
        subject=DifferenceSubject.APPLICATIONS,
        subject_id=seat.application_id,
        ours={"group_id": seat.group_id},
        theirs={"group_id": group.id},
    )
    return Differs("title", "application-open", difference=difference, application=application)


def _said_of(seat: Seat) -> tuple[MoneySource | str | None, date | None]:
    return seat.money_source, seat.enrolled_on
