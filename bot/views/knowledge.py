"""Entries of the knowledge base as staff read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.domain.knowledge import AnswerTerms, Variant
from core.i18n import Speech
from core.services.questions.views import EntryLine, EntryView, VersionView

KNOWN_TOPICS = frozenset(
    {
        "access",
        "applications",
        "bot",
        "cards",
        "cert",
        "cert_get",
        "cert_num",
        "certificates",
        "choose",
        "contact",
        "contract",
        "data",
        "end",
        "enrol",
        "enrolment",
        "expulsion",
        "family",
        "finance",
        "lessons",
        "money",
        "move",
        "own",
        "pd",
        "reg",
        "registration",
        "review",
        "staff",
        "transfer",
    }
)
"""Topics of the product's own file; whoever imports another names them as people read them."""


def topic_name(topic: str, speech: Speech) -> str:
    if topic in KNOWN_TOPICS:
        return speech.say_plain("knowledge-topic", topic=topic)
    return topic or speech.say_plain("knowledge-no-topic")


def topics_of(lines: Sequence[EntryLine]) -> list[tuple[str, int]]:
    """Each topic with how many entries it has, in order of appearance."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.topic] = counts.get(line.topic, 0) + 1
    return list(counts.items())


def entry_page(entry: EntryView, speech: Speech) -> str:
    """The entry whole; the plainest answer in full."""
    return speech.say(
        "knowledge-entry",
        code=entry.code,
        version=str(entry.version),
        topic=topic_name(entry.topic, speech),
        audience=entry.audience.value,
        common="yes" if entry.municipality_id is None else "no",
        state="ended" if entry.ended else "told",
        question=entry.question,
        answer=entry.answers[0].text.text if entry.answers else "",
        answers=len(entry.answers),
        examples=len(entry.examples),
    )


def answer_page(answer: Variant, place: str, speech: Speech) -> str:
    """One answer with its terms."""
    return speech.say(
        "knowledge-answer",
        terms=terms_line(answer.terms, place, speech),
        answer=answer.text.text,
        link=answer.text.link or "-",
        attached="picture" if answer.text.picture else "file" if answer.text.file else "nothing",
    )


def terms_line(terms: AnswerTerms, place: str, speech: Speech) -> str:
    """For whom and when, in a line; `place` is the name of the editor's municipality."""
    said = [
        speech.say_plain("knowledge-term-place", place=place) if terms.municipality_id else "",
        speech.say_plain("knowledge-term-regime", regime=terms.regime.value)
        if terms.regime
        else "",
        speech.say_plain("knowledge-term-registry", registry=terms.registry_mode.value)
        if terms.registry_mode
        else "",
        speech.say_plain("knowledge-term-audience", audience=terms.audience.value)
        if terms.audience
        else "",
        dates_line(terms.valid_from, terms.valid_until, speech),
    ]
    return ", ".join(part for part in said if part) or speech.say_plain("knowledge-term-all")


def dates_line(valid_from: date | None, valid_until: date | None, speech: Speech) -> str:
    since = speech.short_day(valid_from) if valid_from else ""
    until = speech.short_day(valid_until) if valid_until else ""
    if since and until:
        return speech.say_plain("knowledge-term-span", since=since, until=until)
    if since:
        return speech.say_plain("knowledge-term-since", since=since)
    return speech.say_plain("knowledge-term-until", until=until) if until else ""


def version_line(version: VersionView, speech: Speech) -> str:
    """«№ 3 · 5 сентября, 12:30 · Анна Петровна · ответ»."""
    return speech.say_plain(
        "knowledge-version-line",
        number=str(version.number),
        moment=speech.moment(version.changed_at),
        who=version.by_name
        or speech.say_plain("knowledge-by-person" if version.by_person else "knowledge-by-import"),
        what=", ".join(
            speech.say_plain("knowledge-field", field=field) for field in version.fields
        ),
    )
