"""Programmes as a parent reads them: lines of a list, the card, what it costs whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from markupsafe import Markup

from core.domain.ages import MONTHS_IN_YEAR
from core.domain.programmes import RegistryKind
from core.domain.schedule import WeeklySession
from core.i18n import Speech
from core.services.programmes.views import GroupView, Page, ProgrammeCard, ProgrammeLine

LONGEST_LABEL = 30
LONGEST_ANNOTATION = 200
LONGEST_ORGANISATION = 40


def listing(page: Page[ProgrammeLine], theme: str, size: int, speech: Speech) -> str:
    """The page as numbered lines; the buttons below carry the numbers and the titles."""
    lines = [
        speech.say(
            "programmes-line",
            number=str(number),
            title=line.title,
            organisation=shortened(line.organisation_name, LONGEST_ORGANISATION),
            ages=ages(line.age_from_months, line.age_to_months, speech),
            seats=seats(line.seats_left, speech),
            price=short_price(line.price_kopecks, speech),
        )
        for number, line in numbered(page)
    ]
    head = speech.say("programmes-list-head", theme=sentence(theme), total=page.total)
    if page.total > size:
        head += speech.say(
            "programmes-list-page",
            page=str(page.offset // size + 1),
            pages=str(-(-page.total // size)),
        )
    return "\n\n".join([head, *lines])


def numbered(page: Page[ProgrammeLine]) -> list[tuple[int, ProgrammeLine]]:
    """The lines with their places in the whole list: equal titles are told apart by them."""
    return list(enumerate(page.items, start=page.offset + 1))


def line_label(number: int, line: ProgrammeLine, speech: Speech) -> str:
    """The button of a line."""
    return label(speech.say_plain("programmes-line-label", number=str(number), title=line.title))


def card(
    programme: ProgrammeCard,
    groups: Sequence[GroupView],
    before: int,
    speech: Speech,
    *,
    district: str = "",
) -> str:
    """The whole card: what, for whom, what it costs, the groups with seats as of now.

    `groups` are those on the screen, after `before` others that are not. `district` is named where
    it is not the reader's own.
    """
    head = speech.say(
        "programme-card",
        title=programme.title,
        organisation=placed(programme.organisation_name, district, speech),
        theme=sentence(theme_of(programme.direction, speech)),
        ages=ages(programme.age_from_months, programme.age_to_months, speech),
        price=price(programme.price_kopecks, speech),
    )
    about = shortened(programme.annotation or "", LONGEST_ANNOTATION)
    parts = [head]
    if about:
        parts.append(speech.say("programme-about", about=about))
    if programme.adapted:
        parts.append(speech.say("programme-adapted"))
    if programme.remote:
        parts.append(speech.say("programme-remote"))
    if programme.holiday:
        parts.append(speech.say("programme-holiday"))
    parts += [group_line(group, speech) for group in groups]
    if len(groups) < len(programme.groups):
        parts.append(
            speech.say(
                "programme-groups-part",
                first=str(before + 1),
                last=str(before + len(groups)),
                total=str(len(programme.groups)),
            )
        )
    if not any(group.takes_applications for group in programme.groups):
        parts.append(speech.say("programme-closed"))
    elif not has_seat(programme):
        parts.append(speech.say("programme-full"))
    elif programme.registry_kind is not RegistryKind.PAID:
        parts.append(speech.say("programme-certificate"))
    return "\n\n".join(parts)


def placed(organisation: str, district: str, speech: Speech) -> str:
    """The name of an organisation, with that of its district where one is given."""
    if not district:
        return organisation
    return speech.say_plain("programme-organisation", organisation=organisation, district=district)


def has_seat(programme: ProgrammeCard) -> bool:
    """Whether one of the groups that take applications has a seat now."""
    return any(group.takes_applications and group.seats_left != 0 for group in programme.groups)


def shared(programme: ProgrammeCard, speech: Speech, *, district: str = "") -> str:
    """A line for a friend, plain; `district` where friends may live in another one."""
    return speech.say_plain(
        "programme-share",
        title=programme.title,
        organisation=placed(programme.organisation_name, district, speech),
        ages=ages(programme.age_from_months, programme.age_to_months, speech),
        price=short_price(programme.price_kopecks, speech),
    )


def similar(lines: Sequence[ProgrammeLine], speech: Speech) -> str:
    """What stands under a card without seats: others that have some."""
    told = [
        speech.say(
            "programme-similar-line",
            title=shortened(line.title, LONGEST_ORGANISATION),
            ages=ages(line.age_from_months, line.age_to_months, speech),
            seats=seats(line.seats_left, speech),
        )
        for line in lines
    ]
    return "\n".join([speech.say("programme-similar"), *told])


def group_line(group: GroupView, speech: Speech) -> str:
    """One group: days and hours, place, teacher, seats left now."""
    return speech.say(
        "programme-group",
        name=group.name,
        schedule=schedule(group.schedule, group.schedule_note, speech),
        where=where(group.address, group.teacher, group.starts_on, speech),
        seats=seats(group.seats_left, speech)
        if group.takes_applications
        else speech.say_plain("seats-not-taking"),
    )


def group_label(group: GroupView, among: Sequence[GroupView], speech: Speech) -> str:
    """The button of a group: its hours, or its name where others of `among` have the same hours."""
    if len(among) < 2:
        return speech.say_plain("button-apply")
    hours = schedule(group.schedule, group.schedule_note, speech)
    same = [
        other for other in among if schedule(other.schedule, other.schedule_note, speech) == hours
    ]
    if len(same) > 1:
        return label(speech.say_plain("button-apply-named", name=group.name))
    return label(speech.say_plain("button-apply-group", schedule=hours))


def where(
    address: str | None, teacher: str | None, starts_on: date | None, speech: Speech
) -> Markup:
    """Place, teacher and first day, each on its line as far as known; ends with a line break."""
    lines = []
    if address:
        lines.append(speech.say("group-address", address=address))
    if teacher:
        lines.append(speech.say("group-teacher", teacher=teacher))
    if starts_on:
        lines.append(speech.say("group-starts", day=speech.short_day(starts_on)))
    return Markup("".join(f"{line}\n" for line in lines))


def schedule(sessions: Sequence[WeeklySession], note: str | None, speech: Speech) -> str:
    """Days and hours in short words; what the registry said where it could not be read."""
    if not sessions:
        return note or speech.say_plain("schedule-unknown")
    ordered = sorted(
        sessions, key=lambda session: (session.starts, session.busy_until, session.weekday)
    )
    parts = []
    for hours, same in groupby(ordered, key=lambda session: (session.starts, session.ends)):
        days = [speech.say_plain("weekday-short", day=session.weekday) for session in same]
        said = (
            speech.say_plain("and").join([", ".join(days[:-1]), days[-1]])
            if len(days) > 1
            else days[0]
        )
        starts, ends = speech.hour(hours[0]), hours[1] and speech.hour(hours[1])
        if ends is None:
            parts.append(speech.say_plain("schedule-part-open", days=said, starts=starts))
        else:
            parts.append(speech.say_plain("schedule-part", days=said, starts=starts, ends=ends))
    return "; ".join(parts)


def ages(from_months: int, to_months: int, speech: Speech) -> str:
    """From and to in full years; the upper bound is inclusive."""
    youngest, oldest = from_months // MONTHS_IN_YEAR, to_months // MONTHS_IN_YEAR
    if youngest == oldest:
        return speech.say_plain("age-one", years=oldest)
    return speech.say_plain("age-span", youngest=youngest, oldest=oldest)


def seats(left: int | None, speech: Speech) -> str:
    """How many seats there are now."""
    return speech.say_plain("seats-open") if left is None else speech.say_plain("seats", left=left)


def price(kopecks: int | None, speech: Speech) -> str:
    """What the family pays for the whole programme."""
    if kopecks is None:
        return speech.say_plain("price-unknown")
    if kopecks == 0:
        return speech.say_plain("price-free")
    return speech.say_plain("price", money=speech.money(kopecks))


def short_price(kopecks: int | None, speech: Speech) -> str:
    """The same for a line of a list."""
    return speech.money(kopecks) if kopecks else price(kopecks, speech)


def theme_of(direction: str, speech: Speech) -> str:
    """The direction in a parent's words."""
    return speech.say_plain("theme", direction=str(direction))


def sentence(words: str) -> str:
    """The same with a capital letter at the start."""
    return words[:1].upper() + words[1:]


def label(text: str, longest: int = LONGEST_LABEL) -> str:
    """The words of a button: at most thirty characters."""
    return shortened(text, longest)


def shortened(text: str, longest: int) -> str:
    """Cut at a word where possible, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head, _, tail = cut.rpartition(" ")
    kept = head if head and len(tail) < longest // 3 else cut
    return kept.rstrip(" ,.;:") + "\N{HORIZONTAL ELLIPSIS}"
