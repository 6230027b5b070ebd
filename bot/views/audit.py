"""The audit as a head reads it: when, who, what, to what; numbers instead of names of families."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.programmes import shortened
from core.i18n import Speech
from core.services.audit.viewing import AuditedPerson, AuditLine

LONGEST_LABEL = 36


def page(lines: Sequence[AuditLine], total: int, speech: Speech) -> str:
    if not lines:
        return speech.say("audit-nothing")
    head = speech.say("audit-head", total=total)
    return "\n".join([head, *(line(one, speech) for one in lines)])


def line(one: AuditLine, speech: Speech) -> str:
    return speech.say(
        "audit-line",
        moment=speech.moment(one.at),
        who=_who(one, speech),
        action=action_words(one.action, speech),
        entity=_subject(one.entity, speech),
        number=str(one.entity_id),
    )


def action_words(action: str, speech: Speech) -> str:
    """What was done in words; an action without words stands as its code."""
    key = action.replace(".", "-").replace("_", "-")
    return speech.say_plain("audit-did", action=key, code=action)


def person_label(person: AuditedPerson, speech: Speech) -> str:
    name = person.name or speech.say_plain("audit-nameless")
    return shortened(
        speech.say_plain("audit-person", name=name, number=str(person.id)), LONGEST_LABEL
    )


def _who(one: AuditLine, speech: Speech) -> str:
    if one.person_id is not None:
        name = one.name or speech.say_plain("audit-nameless")
        return speech.say_plain("audit-person", name=name, number=str(one.person_id))
    return speech.say_plain("audit-who", actor=one.actor)


def _subject(entity: str, speech: Speech) -> str:
    return speech.say_plain("audit-entity", entity=entity)
