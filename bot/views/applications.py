"""An application as its family reads it."""

from __future__ import annotations

from markupsafe import Markup

from bot.views.days import until
from bot.views.programmes import price, schedule, seats, shortened, where
from core.domain.names import ChildName
from core.i18n import Speech
from core.services.enrolments.views import ApplicationView, Weighing


def check(weighing: Weighing, name: ChildName, speech: Speech) -> str:
    """What will be sent, what it costs whom, when the answer comes."""
    costs_nothing = not weighing.price_kopecks
    return speech.say(
        "apply-check",
        first=name.first,
        title=weighing.programme_title,
        organisation=weighing.organisation_name,
        group=weighing.group_name,
        schedule=schedule(weighing.schedule, weighing.schedule_note, speech),
        where=where(weighing.address, None, weighing.starts_on, speech),
        seats=seats(weighing.seats_left, speech),
        cost=speech.say_plain("cost-free")
        if costs_nothing
        else speech.say_plain("cost-family", price=price(weighing.price_kopecks, speech)),
        until=until(weighing.answer_by, speech),
    )


def status(application: ApplicationView, speech: Speech) -> str:
    """What has become of it, and what next."""
    return speech.say(
        f"application-{application.state.value.replace('_', '-')}", **_params(application, speech)
    )


def receipt(application: ApplicationView, speech: Speech) -> str:
    """The application is sent: number and date of the answer."""
    return speech.say("apply-receipt", **_params(application, speech))


def withdraw_check(application: ApplicationView, speech: Speech) -> str:
    return speech.say("withdraw-check", **_params(application, speech))


def withdrawn(application: ApplicationView, speech: Speech) -> str:
    return speech.say("withdraw-receipt", **_params(application, speech))


def line(application: ApplicationView, speech: Speech) -> str:
    """One line of a list."""
    return speech.say(
        "application-line",
        first=application.child_name.first,
        title=application.programme_title,
        state=state_words(application, speech),
        number=str(application.id),
    )


def label(application: ApplicationView, speech: Speech) -> str:
    """The words of its button."""
    title = shortened(application.programme_title, 22)
    return speech.say_plain("button-application", number=str(application.id), title=title)


def state_words(application: ApplicationView, speech: Speech) -> str:
    return speech.say_plain("application-state", state=application.state.value.replace("_", "-"))


def refusal_reason(application: ApplicationView, speech: Speech) -> str:
    """Why the club could not take the child, and what it added."""
    if application.refusal_reason is None:
        return ""
    reason = speech.say_plain(
        "application-refusal", reason=application.refusal_reason.value.replace("_", "-")
    )
    note = application.refusal_note
    return f"{reason} {speech.say_plain('staff-note', note=note)}" if note else reason


def _params(application: ApplicationView, speech: Speech) -> dict[str, str | Markup]:
    return {
        "first": application.child_name.first,
        "title": application.programme_title,
        "organisation": application.organisation_name,
        "group": application.group_name,
        "schedule": schedule(application.schedule, application.schedule_note, speech),
        "where": where(application.address, None, application.starts_on, speech),
        "number": str(application.id),
        "until": until(application.answer_by, speech),
        "contact": _contact(application, speech),
        "reason": refusal_reason(application, speech),
    }


def _contact(application: ApplicationView, speech: Speech) -> str:
    """A living person at the club, where the registry knows the phone."""
    if not application.organisation_phone:
        return speech.say_plain("contact-unknown", organisation=application.organisation_name)
    return speech.say_plain(
        "contact",
        organisation=application.organisation_name,
        phone=application.organisation_phone,
    )
