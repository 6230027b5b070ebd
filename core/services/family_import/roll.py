"""Who is who: children of the rows beside the children the database holds.

A child is known by the insurance number, or by name (its normal form without the patronymic) and
birth date, within one municipality; twins have another first name and never match. Where the two
ways disagree, or a patronymic or an insurance number is another one, nobody is overwritten: the
row is refused and a person decides.

Only children whose documents somebody has seen are matched: those a registry brought, and those
confirmed by staff. What a parent has merely typed is a claim; were it matched, anybody could have a
foreign certificate put into his account by typing a child's name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from core.domain.certificates import NUMBERED, CertificateState
from core.domain.names import ChildName, plain_form
from core.domain.registry_tasks import DifferenceKind, DifferenceSubject
from core.services.family_import.differing import Difference, Differs, Mismatch, named
from core.services.family_import.rows import ChildSaid


@dataclass(kw_only=True)
class Holding:
    """A certificate that is in force or asked for; `row`: of this file, if that brought it."""

    state: CertificateState
    certificate_id: int | None = None
    tail: str | None = None
    row: int | None = None
    version: int = 0


@dataclass(kw_only=True)
class Seat:
    """A live application in one programme; `row`: of this file, if that brought it."""

    group_id: int
    application_id: int | None = None
    row: int | None = None
    version: int = 0
    ours: bool = False  # a roster brought it: the next roster may change it
    studies: bool = True
    money_source: str | None = None
    enrolled_on: date | None = None


@dataclass(kw_only=True, eq=False)
class Child:
    """A child of the database, or one this file makes (`id` comes with the write)."""

    municipality_id: int
    name: ChildName
    born: date
    name_key: bytes
    snils_index: bytes | None
    snils: str | None = None  # only of what this file brings
    proven: bool = True  # False: a parent typed it and nobody has seen documents
    id: int | None = None
    row: int | None = None
    holding: Holding | None = None
    seats: dict[int, Seat] = field(default_factory=dict)  # by programme

    @property
    def is_numbered(self) -> bool:
        """Whether a certificate in force is theirs."""
        return self.holding is not None and self.holding.state in NUMBERED


class Roll:
    """All children the rows of a file may mean."""

    def __init__(self) -> None:
        self._by_id: dict[int, Child] = {}
        self._by_snils: dict[tuple[int, bytes], Child] = {}
        self._by_name: dict[tuple[int, bytes, date], list[Child]] = defaultdict(list)
        self._claimed: dict[tuple[int, bytes, date], list[Child]] = defaultdict(list)

    def add(self, child: Child) -> None:
        """Once for each child of the database."""
        if child.id is not None:
            if child.id in self._by_id:
                return
            self._by_id[child.id] = child
        named = child.municipality_id, child.name_key, child.born
        if not child.proven:
            self._claimed[named].append(child)
            return
        self._by_name[named].append(child)
        if child.snils_index is not None:
            self._by_snils.setdefault((child.municipality_id, child.snils_index), child)

    def __contains__(self, child_id: int) -> bool:
        return child_id in self._by_id

    def get(self, child_id: int) -> Child:
        return self._by_id[child_id]

    def children(self) -> list[Child]:
        """Those of the database."""
        return list(self._by_id.values())

    def find(self, municipality_id: int, said: ChildSaid, *, name_field: str) -> Child | None:
        """The child a row means; None: nobody knows it yet. Raises Mismatch."""
        if said.snils_index is not None:
            child = self._by_snils.get((municipality_id, said.snils_index))
            if child is not None:
                _check_same(child, said, name_field=name_field)
                return child
        namesakes = self._by_name.get((municipality_id, said.name_key, said.born), [])
        alike = [child for child in namesakes if not _surely_another(child, said)]
        if not alike:
            return None
        same = [child for child in alike if _patronymics_agree(child.name, said.name)]
        if not same:
            raise _otherwise(alike, said, _patronymic(name_field), "patronymic-differs")
        if len(same) > 1:
            raise Mismatch(name_field, "several-children")
        if _numbers_differ(same[0], said):
            raise Mismatch("snils", "snils-differs")
        return same[0]

    def learn_snils(self, child: Child, snils: str, snils_index: bytes) -> None:
        """The insurance number of a child that had none."""
        child.snils, child.snils_index = snils, snils_index
        self._by_snils.setdefault((child.municipality_id, snils_index), child)

    def claims(self, child: Child) -> list[Child]:
        """What parents have typed of a child with this name and birth date."""
        return self._claimed.get((child.municipality_id, child.name_key, child.born), [])


def check_holder(child: Child, said: ChildSaid, *, name_field: str) -> None:
    """The owner of a certificate is the child the row names. Raises Mismatch."""
    if child.name_key != said.name_key:
        raise _otherwise([child], said, name_field, "number-of-another")
    if child.born != said.born:
        raise _otherwise([child], said, "born", "number-of-another")
    if not _patronymics_agree(child.name, said.name):
        raise _otherwise([child], said, _patronymic(name_field), "patronymic-differs")


def _check_same(child: Child, said: ChildSaid, *, name_field: str) -> None:
    if child.name_key != said.name_key:
        raise _otherwise([child], said, name_field, "snils-of-another")
    if child.born != said.born:
        raise _otherwise([child], said, "born", "born-differs")
    if not _patronymics_agree(child.name, said.name):
        raise _otherwise([child], said, _patronymic(name_field), "patronymic-differs")


def _otherwise(children: list[Child], said: ChildSaid, field: str, reason: str) -> Mismatch:
    """The one child the row must mean is named otherwise; of several nobody knows which."""
    if len(children) != 1 or children[0].id is None:
        return Mismatch(field, reason)
    child, child_id = children[0], children[0].id
    difference = Difference(
        municipality_id=child.municipality_id,
        kind=DifferenceKind.NAME,
        subject=DifferenceSubject.CHILDREN,
        subject_id=child_id,
        ours=named(child.name, child.born.isoformat()),
        theirs=named(said.name, said.born.isoformat()),
    )
    return Differs(field, reason, difference=difference)


def _surely_another(child: Child, said: ChildSaid) -> bool:
    """Another patronymic and another insurance number: namesakes born on one day."""
    return _numbers_differ(child, said) and not _patronymics_agree(child.name, said.name)


def _numbers_differ(child: Child, said: ChildSaid) -> bool:
    known = child.snils_index
    return known is not None and said.snils_index is not None and known != said.snils_index


def _patronymics_agree(known: ChildName, said: ChildName) -> bool:
    """One that is absent agrees with any."""
    if known.patronymic is None or said.patronymic is None:
        return True
    return plain_form(known.patronymic) == plain_form(said.patronymic)


def _patronymic(name_field: str) -> str:
    return "full_name" if name_field == "full_name" else "patronymic"
