"""Everything held about a person, laid out for reading (a long card: Jinja asks Fluent)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.views import applications, certificates, watches
from bot.views.certificates import masked_snils
from bot.views.programmes import shortened
from core.domain.snils import write_snils
from core.i18n import Parameter, Speech
from core.services.enrolments.views import ApplicationView
from core.services.privacy.erasures import Farewell
from core.services.privacy.my_data import MyDataView
from core.services.privacy.withdrawals import StandingConsent
from core.services.watches.views import WatchView

MOST_CHARACTERS = 3500
MOST_NAMED = 3
"""Children or applications named one by one before an erasure; of more the count is said."""
LONGEST_LABEL = 36
FILE_NAME = "kruzhok-mydata.html"

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(held: MyDataView, speech: Speech) -> str:
    """The page as HTML; what does not fit into one message is said to be left out."""
    kept: list[str] = []
    length = 0
    for line in _laid_out(held, speech, masked=True).split("\n"):
        length += len(line) + 1
        if length > MOST_CHARACTERS:
            kept.append(speech.say("my-data-cut"))
            break
        kept.append(line)
    return "\n".join(kept)


def document(held: MyDataView, speech: Speech) -> bytes:
    """All of it as a file any browser opens; numbers are written out."""
    text = _laid_out(held, speech, masked=False)
    title = speech.say("my-data-title")
    head = f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
    return f'{head}<body style="white-space: pre-wrap">{text}</body></html>\n'.encode()


def consent_label(consent: StandingConsent, speech: Speech) -> str:
    """Plain: the words of a button."""
    provider = consent.organisation_name or ""
    return shortened(
        speech.say_plain("my-data-consent-button", kind=consent.kind.value, provider=provider),
        LONGEST_LABEL,
    )


def withdrawal(consent: StandingConsent, speech: Speech) -> str:
    """What taking this consent back would end."""
    lines = [speech.say("my-data-withdraw", provider=consent.organisation_name or "")]
    for key, held in (("my-data-withdraw-ends", consent.ends), ("my-data-stays", consent.stays)):
        if held:
            lines.append(speech.say(key))
            lines += _shortly([applications.line(one, speech) for one in held], speech)
    return "\n".join(lines)


def farewell(seen: Farewell, speech: Speech, *, phone: str) -> str:
    """What /delete would end, what stays and with whom."""
    lines = [speech.say("my-data-erase")]
    if seen.children_erased:
        names = _named(seen.children_erased, speech)
        lines.append(speech.say("my-data-erase-children", names=names))
    if seen.children_left:
        names = _named(seen.children_left, speech)
        lines.append(speech.say("my-data-erase-left", names=names))
    if seen.applications or seen.certificates:
        lines.append(speech.say("my-data-erase-ends"))
        ending = [applications.line(one, speech) for one in seen.applications] + [
            speech.say(
                "my-data-certificate",
                number=str(one.id),
                state=certificates.state_words(one, speech),
            )
            for one in seen.certificates
        ]
        lines += _shortly(ending, speech)
    if seen.staff:
        lines.append(speech.say("my-data-erase-staff"))
    lines.append(speech.say("my-data-erase-stays", phone=phone))
    return "\n".join(lines)


def _named(names: Sequence[str], speech: Speech) -> str:
    first = ", ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return first if more <= 0 else speech.say_plain("my-data-and-more", names=first, count=more)


def _shortly(lines: list[str], speech: Speech) -> list[str]:
    more = len(lines) - MOST_NAMED
    if more <= 0:
        return lines
    return [*lines[:MOST_NAMED], speech.say("my-data-more-lines", count=more)]


def _laid_out(held: MyDataView, speech: Speech, *, masked: bool) -> str:
    def say(key: str, **params: Parameter) -> Markup:
        return Markup(speech.say(key, **params))

    def application_line(application: ApplicationView) -> Markup:
        return Markup(applications.line(application, speech))

    def watch_line(watch: WatchView) -> Markup:
        return Markup(watches.line(watch, speech))

    text = _TEMPLATES.get_template("my_data.j2").render(
        held=held,
        say=say,
        speech=speech,
        line=application_line,
        watch_line=watch_line,
        certificates=certificates,
        shown_snils=masked_snils if masked else _whole_snils,
    )
    return text.strip()


def _whole_snils(snils: str, _speech: Speech) -> str:
    return write_snils(snils)
