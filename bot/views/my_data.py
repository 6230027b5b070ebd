"""Everything held about a person, laid out for reading (a long card: Jinja asks Fluent)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.views import applications, certificates, watches
from bot.views.certificates import masked_snils
from core.i18n import Parameter, Speech
from core.services.enrolments.views import ApplicationView
from core.services.privacy.my_data import MyDataView
from core.services.watches.views import WatchView

MOST_CHARACTERS = 3500

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(held: MyDataView, speech: Speech) -> str:
    """The page as HTML; what does not fit into one message is said to be left out."""

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
        masked_snils=masked_snils,
    )
    lines = text.strip().split("\n")
    kept: list[str] = []
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > MOST_CHARACTERS:
            kept.append(speech.say("my-data-cut"))
            break
        kept.append(line)
    return "\n".join(kept)
