"""What an officer reads: a family to compare with its papers, a class, figures of a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.cards import age
from core.domain.certificates import UNDECIDED
from core.domain.snils import write_snils
from core.i18n import Speech
from core.services.certificates.views import CertificateDetails
from core.services.confirmation.views import PointFigures


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One family of a class; `mark` is a code of words: ticked, left, decided."""

    number: int
    name: str
    born: str
    mark: str


def waits(details: CertificateDetails) -> bool:
    """Whether there is still something to decide."""
    return details.state in UNDECIDED


def compare_text(details: CertificateDetails, speech: Speech) -> str:
    """The fields to hold against the papers."""
    lines = [
        speech.say(
            "point-compare",
            id=str(details.id),
            state=speech.say_plain("card-certificate-state", state=str(details.state)),
            child=details.child_name.full,
            born=speech.short_day(details.born),
            age=age(details.age_years, speech),
            snils=write_snils(details.snils)
            if details.snils
            else speech.say_plain("point-no-snils"),
            guardian=details.guardian_name or speech.say_plain("details-none"),
        )
    ]
    if not waits(details):
        return "\n".join([*lines, speech.say("point-nothing-to-decide")])
    if details.possible_double:
        lines.append(speech.say("details-double", count=details.doubles))
    return "\n".join([*lines, speech.say("point-papers")])


def figures_text(figures: PointFigures, speech: Speech) -> str:
    """«Confirmed 214 of 260»."""
    return speech.say(
        "point-figures" if figures.plan is not None else "point-figures-no-plan",
        point=figures.organisation_name,
        year=figures.this_year,
        plan=figures.plan or 0,
        today=figures.today,
        mine=figures.mine_today,
        mine_year=figures.mine_this_year,
    )


def class_text(families: Sequence[Listed], speech: Speech) -> str:
    """All of the class, each with its mark."""
    return "\n".join(
        speech.say(
            "class-line",
            mark=speech.say_plain("class-mark", mark=family.mark),
            id=str(family.number),
            name=family.name,
            born=family.born,
        )
        for family in families
    )
