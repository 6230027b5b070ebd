"""Rows of a list of certificates beside what is known.

A number belongs to one child for ever, and a child has one certificate in force: a row that says
otherwise is refused. Kind, status, nominal and period are the registry's to say: they change where
the registry is external, or where a registry's file brought the certificate; one that the bot's own
registry has given is not changed by a file. What a row leaves unsaid stays as it is.

Where the registry is external a request whose documents were seen waits for the number: a row that
brings it settles the request. The status of what staff typed is not the file's to change: people
settle that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from core.domain.certificates import (
    NUMBERED,
    UNDECIDED,
    CertificateKind,
    CertificateState,
    number_tail,
)
from core.domain.registry_tasks import DifferenceKind, DifferenceSubject
from core.services.family_import.cells import Period
from core.services.family_import.children import Holders, refuse_second_holder
from core.services.family_import.differing import Difference, Differs, Mismatch
from core.services.family_import.plan import Change, NewCertificate, Plan, new_child
from core.services.family_import.roll import Child, Holding, Roll, check_holder
from core.services.family_import.rows import CertificateRow


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a registry says of a certificate."""

    kind: CertificateKind
    state: CertificateState
    nominal_kopecks: int | None
    period: Period | None


@dataclass(frozen=True, kw_only=True)
class KnownCertificate:
    """A certificate of the database; `imported`: a registry's file brought it."""

    id: int
    municipality_id: int
    child: Child
    version: int
    imported: bool
    facts: Facts


class CertificateJudge:
    """`known`: by blind index of the number; `external`: municipalities whose registry is."""

    def __init__(
        self,
        plan: Plan,
        roll: Roll,
        holders: Holders,
        known: Mapping[bytes, KnownCertificate],
        *,
        external: Collection[int],
        name_field: str,
    ) -> None:
        self._plan = plan
        self._roll = roll
        self._holders = holders
        self._known = known
        self._external = external
        self._name_field = name_field
        self._said: dict[bytes, CertificateRow] = {}

    def judge(self, row: CertificateRow) -> None:
        """Raises Mismatch."""
        earlier = self._said.get(row.certificate_index)
        if earlier is not None:
            if _facts_said(earlier) != _facts_said(row):
                raise Mismatch("number", "number-twice", row=earlier.number)
            self._plan.unchanged += 1
            return
        known = self._known.get(row.certificate_index)
        if known is None:
            self._add(row)
        else:
            self._compare(row, known)
        self._said[row.certificate_index] = row

    def _add(self, row: CertificateRow) -> None:
        found = self._roll.find(row.municipality_id, row.child, name_field=self._name_field)
        child = found or new_child(row, row.child)
        unsaid = Facts(
            kind=CertificateKind.RECORD,
            state=CertificateState.ACTIVE,
            nominal_kopecks=None,
            period=None,
        )
        facts = _facts_after(unsaid, row)
        if self._awaits_number(child) and facts.state in NUMBERED:
            self._settle(row, child, facts)
            return
        self._hold(child, row, facts.state, certificate_id=None)
        if found is None:
            self._plan.children.append(child)
            self._roll.add(child)
        self._plan.certificates.append(
            NewCertificate(
                row=row.number,
                child=child,
                number=row.certificate,
                kind=facts.kind,
                state=facts.state,
                nominal_kopecks=facts.nominal_kopecks,
                period=facts.period,
            )
        )
        self._plan.new += 1

    def _compare(self, row: CertificateRow, known: KnownCertificate) -> None:
        if known.municipality_id != row.municipality_id:
            raise Mismatch("number", "number-elsewhere")
        check_holder(known.child, row.child, name_field=self._name_field)
        facts = _facts_after(known.facts, row)
        if not known.imported and row.municipality_id in self._external:
            facts = self._leave_state(row, known, facts)
        if facts == known.facts:
            self._plan.unchanged += 1
            return
        if not known.imported and row.municipality_id not in self._external:
            raise Mismatch("number", "own-registry")
        self._hold(known.child, row, facts.state, certificate_id=known.id)
        self._plan.certificate_changes.append(
            Change(
                row_id=known.id,
                municipality_id=row.municipality_id,
                expected={"version": known.version},
                values={**_differing(known.facts, facts), "version": known.version + 1},
            )
        )
        self._plan.changed += 1

    def _leave_state(self, row: CertificateRow, known: KnownCertificate, facts: Facts) -> Facts:
        """The state stays ours; where the file says another one, people are told."""
        if facts.state == known.facts.state:
            return facts
        self._plan.differences.append(
            Difference(
                municipality_id=row.municipality_id,
                kind=DifferenceKind.STATE,
                subject=DifferenceSubject.CERTIFICATES,
                subject_id=known.id,
                ours={"state": known.facts.state},
                theirs={"state": facts.state},
            )
        )
        return replace(facts, state=known.facts.state)

    def _awaits_number(self, child: Child) -> bool:
        held = child.holding
        return (
            held is not None
            and held.state is CertificateState.TO_ENTER
            and child.municipality_id in self._external
        )

    def _settle(self, row: CertificateRow, child: Child, facts: Facts) -> None:
        """The number of a request whose documents were seen has come."""
        held = child.holding
        if held is None or held.certificate_id is None:
            return
        refuse_second_holder(child, child.snils_index, self._holders, field="number")
        self._plan.certificate_changes.append(
            Change(
                row_id=held.certificate_id,
                municipality_id=row.municipality_id,
                expected={"version": held.version},
                values={**_columns(facts), "version": held.version + 1},
                number=row.certificate,
                settles=True,
            )
        )
        child.holding = Holding(
            state=facts.state,
            certificate_id=held.certificate_id,
            tail=number_tail(row.certificate),
            row=row.number,
        )
        self._plan.changed += 1

    def _hold(
        self,
        child: Child,
        row: CertificateRow,
        state: CertificateState,
        *,
        certificate_id: int | None,
    ) -> None:
        """The child's one certificate in force is this one from now on. Raises Mismatch."""
        held = child.holding
        mine = held is not None and held.certificate_id == certificate_id is not None
        if state not in NUMBERED:
            if mine:
                child.holding = None
            return
        if held is not None and not mine:
            raise _held_already(held, child, row)
        refuse_second_holder(child, child.snils_index, self._holders, field="number")
        child.holding = Holding(
            state=state,
            certificate_id=certificate_id,
            tail=number_tail(row.certificate),
            row=row.number,
        )


def _held_already(held: Holding, child: Child, row: CertificateRow) -> Mismatch:
    if held.row is not None or held.certificate_id is None:
        return Mismatch("number", "second-number-in-file", row=held.row or row.number)
    difference = Difference(
        municipality_id=child.municipality_id,
        kind=DifferenceKind.NUMBER,
        subject=DifferenceSubject.CERTIFICATES,
        subject_id=held.certificate_id,
        ours={"tail": held.tail},
        theirs={"number": row.certificate},
    )
    if held.state in UNDECIDED:
        certificate = str(held.certificate_id)
        return Differs("number", "request-open", difference=difference, certificate=certificate)
    tail = held.tail or ""
    return Differs("number", "has-other-number", difference=difference, tail=tail)


def _facts_after(before: Facts, row: CertificateRow) -> Facts:
    """What stands once the row is believed. A nominal makes a certificate financed; one of record
    has neither nominal nor period."""
    kind = row.kind or before.kind
    if row.kind is None and row.nominal_kopecks is not None:
        kind = CertificateKind.FINANCED
    financed = kind is CertificateKind.FINANCED
    nominal = before.nominal_kopecks if row.nominal_kopecks is None else row.nominal_kopecks
    return Facts(
        kind=kind,
        state=row.state or before.state,
        nominal_kopecks=nominal if financed else None,
        period=(row.period or before.period) if financed else None,
    )


def _facts_said(row: CertificateRow) -> tuple[object, ...]:
    return (
        row.municipality_id,
        row.child.name_key,
        row.child.born,
        row.kind,
        row.state,
        row.nominal_kopecks,
        row.period,
    )


def _differing(before: Facts, after: Facts) -> dict[str, Any]:
    """Columns with their new values."""
    old, new = _columns(before), _columns(after)
    return {name: value for name, value in new.items() if old[name] != value}


def _columns(facts: Facts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "state": facts.state,
        "nominal_kopecks": facts.nominal_kopecks,
        "period_from": facts.period.begins if facts.period else None,
        "period_until": facts.period.ends if facts.period else None,
    }
