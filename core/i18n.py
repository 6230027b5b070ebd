"""Texts: every word a person reads comes from `locales/<language>/*.ftl` through `Speech`.

Messages are sent as HTML, so text given as a parameter (names, titles, what a person typed) is
escaped here, once. A value that is markup already is passed as `Markup`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle, FluentResource
from markupsafe import Markup

DEFAULT_LOCALE = "ru"
LOCALES = Path(__file__).resolve().parent.parent / "locales"

Parameter = str | int | float | Markup


class MissingText(LookupError):
    """A key that no language has: a mistake of ours, found by tests."""


class Texts:
    """All languages, loaded once at the start."""

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or LOCALES
        self._bundles = {
            place.name: _bundle(place.name, sorted(place.glob("*.ftl")))
            for place in sorted(folder.iterdir())
            if place.is_dir() and any(place.glob("*.ftl"))
        }
        if DEFAULT_LOCALE not in self._bundles:
            raise FileNotFoundError(f"no texts of the default language in {folder}")

    @property
    def locales(self) -> list[str]:
        return sorted(self._bundles)

    def languages(self) -> dict[str, str]:
        """Each language's name in itself, as its own `language-name` says it; the first is the
        default one."""
        first_default = sorted(self._bundles, key=lambda locale: (locale != DEFAULT_LOCALE, locale))
        return {locale: self._own_name(locale) for locale in first_default}

    def known(self, language_code: str | None) -> str:
        """The language of a messenger's client (`pt-br`, `en`), or the default one where there is
        no folder for it."""
        base = (language_code or "").lower().partition("-")[0]
        return base if base in self._bundles else DEFAULT_LOCALE

    def missing(self, locale: str) -> set[str]:
        """Keys that a language has not got yet: they are said in the default one."""
        return self.keys(DEFAULT_LOCALE) - self.keys(locale)

    def _own_name(self, locale: str) -> str:
        has_name = self._bundles[locale].has_message("language-name")
        return self.speak(locale).say_plain("language-name") if has_name else locale

    def speak(self, locale: str, zone: str = "Europe/Moscow") -> Speech:
        """The voice for one person; an unknown language falls back to the default one."""
        known = locale if locale in self._bundles else DEFAULT_LOCALE
        return Speech(self._bundles[known], self._bundles[DEFAULT_LOCALE], known, ZoneInfo(zone))

    def keys(self, locale: str) -> set[str]:
        """All message keys of a language, for the check that languages match."""
        return set(self._bundles[locale]._messages)


class Speech:
    """One language and one time zone."""

    def __init__(
        self, bundle: FluentBundle, fallback: FluentBundle, locale: str, zone: ZoneInfo
    ) -> None:
        self._bundle = bundle
        self._fallback = fallback
        self.locale = locale
        self.zone = zone

    def say(self, key: str, **params: Parameter) -> str:
        """The text of `key` as HTML. Raises MissingText."""
        return self._format(key, {name: _safe(value) for name, value in params.items()})

    def say_plain(self, key: str, **params: Parameter) -> str:
        """The text without HTML: for buttons, command menus, topic names, toasts."""
        return self._format(key, dict(params))

    def has(self, key: str) -> bool:
        return self._bundle.has_message(key) or self._fallback.has_message(key)

    def money(self, kopecks: int) -> str:
        """`417362` -> «4 173,62 ₽»; whole roubles go without kopecks."""
        pattern = "#,##0" if kopecks % 100 == 0 else "#,##0.00"
        amount = format_decimal(kopecks / 100, format=pattern, locale=self.locale)
        return f"{amount}\N{NO-BREAK SPACE}\N{RUBLE SIGN}"

    def day(self, day: date, *, today: date | None = None) -> str:
        """With the weekday: «вторник, 8 сентября»; another year than today's is named."""
        year = "" if today is None or day.year == today.year else " y"
        return format_date(day, format=f"EEEE, d MMMM{year}", locale=self.locale)

    def short_day(self, day: date) -> str:
        """«08.09.2026»."""
        return format_date(day, format="dd.MM.yyyy", locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """«8 сентября, 16:05» in the municipality's zone."""
        return format_datetime(moment, format="d MMMM, HH:mm", tzinfo=self.zone, locale=self.locale)

    def hour(self, hour: time) -> str:
        return format_time(hour, format="HH:mm", locale=self.locale)

    def _format(self, key: str, params: dict[str, Parameter]) -> str:
        for bundle in (self._bundle, self._fallback):
            if not bundle.has_message(key):
                continue
            value = bundle.get_message(key).value
            if value is None:
                break
            text, errors = bundle.format_pattern(value, params)
            if errors:
                raise MissingText(f"{key}: {errors[0]}")
            return str(text)
        raise MissingText(key)


def _safe(value: Parameter) -> Parameter:
    if isinstance(value, str) and not isinstance(value, Markup):
        return html.escape(value, quote=False)
    return value


@lru_cache(maxsize=16)
def _bundle_of(locale: str, files: tuple[Path, ...]) -> FluentBundle:
    bundle = FluentBundle([locale], use_isolating=False)
    for file in files:
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def _bundle(locale: str, files: Iterable[Path]) -> FluentBundle:
    return _bundle_of(locale, tuple(files))
