"""A knowledge base as a file: lines of JSON, or a sheet of Excel or csv.

A row is an entry with its plain answer; JSON may carry further answers (`variants`) with their own
terms. Columns and keys are found by synonyms (`core/words/ru/knowledge_columns.toml`). A row that
cannot be read is refused with column, value and reason; so is the later one of two with a code.
"""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from core.domain.knowledge import (
    AnswerTerms,
    Audience,
    UnknownVariable,
    read_answer_text,
    read_code,
    read_examples,
    read_place,
    read_question,
)
from core.domain.links import read_link
from core.domain.municipality import Regime, RegistryMode
from core.domain.naming import normal_form
from core.domain.refusals import BadValue, Parameter
from core.files.refusal import FileRefused
from core.services.questions.drafts import AnswerDraft, EntryDraft
from core.services.registry_import.cells import Unreadable, day, shown
from core.services.registry_import.header import Columns, Header, find_header_of, find_table
from core.services.registry_import.report import Fault, RefusedRow
from core.words import load

GREATEST_LINES = 20_000
GREATEST_DEPTH = 20  # an entry has four: variants, each with its values
MANDATORY = ("code", "question", "answer")

_TEXT_OF_JSON = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[][{}]")

Value = TypeVar("Value")
Code = TypeVar("Code", Audience, Regime, RegistryMode)

Places = Callable[[str], int]
"""The id of a municipality by its code or name. Raises Unreadable."""


@dataclass(frozen=True, kw_only=True)
class ReadEntry:
    """A row that was understood."""

    row: int
    code: str
    draft: EntryDraft


@dataclass(frozen=True, kw_only=True)
class _Row:
    """Field -> value as it stands; `names` are the columns as the file calls them."""

    number: int
    values: Mapping[str, Any]
    names: Mapping[str, str]


def read_entries(path: Path, places: Places) -> list[ReadEntry | RefusedRow]:
    """Every row of the file in order. Raises FileRefused, ColumnsMissing."""
    rows = _json_rows(path) if is_json(path) else _sheet_rows(path)
    read: list[ReadEntry | RefusedRow] = []
    first_of: dict[str, int] = {}
    for row in rows:
        if isinstance(row, RefusedRow):
            read.append(row)
            continue
        entry = _entry(row, places)
        if (
            isinstance(entry, ReadEntry)
            and first_of.setdefault(entry.code, row.number) != row.number
        ):
            entry = _refused_twice(row, entry.code, first_of[entry.code])
        read.append(entry)
    return read


def is_json(path: Path) -> bool:
    """Lines of JSON, and no table. Raises FileRefused."""
    try:
        with path.open("rb") as file:
            head = file.read(256)
    except OSError as error:
        raise FileRefused("absent") from error
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        begins = head.decode("utf-16", "ignore").lstrip()
        if begins.startswith(("{", "[{")):
            raise FileRefused("json-encoding")
        return False
    begins = head.decode("utf-8-sig", "ignore").lstrip()
    if begins.startswith("[") and begins[1:].lstrip().startswith(("{", "]")):
        raise FileRefused("json-list")
    return begins.startswith("{")


def columns() -> Columns:
    """Those of a sheet."""
    words = load("knowledge_columns")["columns"]
    return Columns(
        fields=_fields(),
        titles={field: names[0] for field, names in words.items()},
        lacking=_lacking,
    )


def _json_rows(path: Path) -> Iterator[_Row | RefusedRow]:
    fields = _fields()
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise FileRefused("json-encoding") from error
    if len(lines) > GREATEST_LINES:
        raise FileRefused("too-many-rows", rows=GREATEST_LINES)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        document, fault = _document(line)
        if document is None:
            yield RefusedRow(row=number, column="", value=shown(line), reason=fault, params={})
            continue
        names = {fields[normal_form(key)]: key for key in document if normal_form(key) in fields}
        yield _Row(
            number=number,
            values={field: document[key] for field, key in names.items()},
            names=names,
        )


def _document(line: str) -> tuple[dict[str, Any] | None, str]:
    """The object of a line, or None and why there is none."""
    if _depth(line) > GREATEST_DEPTH:
        return None, "json-deep"
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        return None, "not-json"
    return (document, "") if isinstance(document, dict) else (None, "not-json")


def _depth(line: str) -> int:
    """How deep brackets go, those within texts left out."""
    deepest = depth = 0
    for bracket in _BRACKET.findall(_TEXT_OF_JSON.sub("", line)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _sheet_rows(path: Path) -> Iterator[_Row]:
    table, header = find_table(path, lambda table: find_header_of(table, columns()))
    names = {field: header.title(field) for field in header.columns}
    for number, cells in header.data_rows(table):
        values = {field: header.cell(field, cells) for field in header.columns}
        yield _Row(number=number, values=values, names=names)


def _refused_twice(row: _Row, code: str, first: int) -> RefusedRow:
    return RefusedRow(
        row=row.number,
        column=row.names["code"],
        value=code,
        reason="code-twice",
        params={"row": first},
    )


def _lacking(header: Header) -> list[str]:
    return [field for field in MANDATORY if not header.has(field)]


def _entry(row: _Row, places: Places) -> ReadEntry | RefusedRow:
    reading = _Reading(row, places)
    code = reading.take("code", lambda: read_code(reading.said("code")))
    question = reading.take("question", lambda: read_question(reading.said("question")))
    examples = reading.take(
        "examples", lambda: read_examples(reading.examples(), question=question or "")
    )
    topic = reading.take("topic", lambda: reading.said("topic"))
    audience = reading.take("audience", lambda: reading.audience(topic or ""))
    answers = reading.answers()
    if reading.faults or code is None or question is None or audience is None:
        return reading.refused()
    draft = EntryDraft(
        topic=topic or "",
        audience=audience,
        question=question,
        examples=tuple(examples or ()),
        answers=tuple(answers),
    )
    return ReadEntry(row=row.number, code=code, draft=draft)


class _Reading:
    """One row being read; `faults` grow in the order of the fields."""

    def __init__(self, row: _Row, places: Places) -> None:
        self._row = row
        self._places = places
        self.faults: list[Fault] = []

    def take(
        self, field: str, read: Callable[[], Value], *, of: Mapping[str, Any] | None = None
    ) -> Value | None:
        """What `read` gives; None and a fault when it cannot be read. `of`: the values of the
        variant the field belongs to."""
        try:
            return read()
        except BadValue as bad:
            self._blame(field, f"knowledge-{bad.params['reason']}", bad.params, of)
        except UnknownVariable as bad:
            self._blame(field, "knowledge-variable", bad.params, of)
        except Unreadable as bad:
            self._blame(field, bad.reason, bad.params, of)
        return None

    def said(self, field: str, values: Mapping[str, Any] | None = None) -> str:
        """The value as text, '' when there is none. Raises Unreadable."""
        value = (self._row.values if values is None else values).get(field)
        if value is None:
            return ""
        if isinstance(value, list | dict):
            raise Unreadable("not-text")
        return _whole(value).strip() if isinstance(value, str) else shown(value)

    def examples(self) -> list[str]:
        value = self._row.values.get("examples")
        if isinstance(value, list):
            if not all(isinstance(one, str) for one in value):
                raise Unreadable("not-text")
            return [_whole(one) for one in value]
        parts = [self.said("examples")]
        for separator in load("knowledge_columns")["separators"]["examples"]:
            parts = [piece for part in parts for piece in part.split(separator)]
        return parts

    def audience(self, topic: str) -> Audience:
        """As the row says; else an organisers' topic is theirs, the rest is parents'."""
        said = self._choice("audience", Audience, self._row.values)
        if said is not None:
            return said
        topics = load("knowledge_columns")["topics"]["organisers"]
        theirs = {normal_form(topic) for topic in topics}
        is_theirs = normal_form(topic) in theirs
        return Audience.ORGANISERS if is_theirs else Audience.PARENTS

    def answers(self) -> list[AnswerDraft]:
        """The plain one, then variants; the audience of a plain one is its entry's."""
        found = [self._answer({**self._row.values, "audience": None})]
        variants = self._row.values.get("variants") or []
        if not isinstance(variants, list):
            self._blame("variants", "not-variants", {})
            variants = []
        found.extend(self.take("variants", partial(self._variant, one)) for one in variants)
        return [answer for answer in found if answer is not None]

    def refused(self) -> RefusedRow:
        first, *more = self.faults
        return RefusedRow(
            row=self._row.number,
            column=first.column,
            value=first.value,
            reason=first.reason,
            params=first.params,
            more=tuple(more),
        )

    def _variant(self, variant: object) -> AnswerDraft | None:
        if not isinstance(variant, dict):
            raise Unreadable("not-variants")
        fields = _fields()
        values = {fields.get(normal_form(key), key): variant[key] for key in variant}
        return self._answer(values, of=values)

    def _answer(
        self, values: Mapping[str, Any], *, of: Mapping[str, Any] | None = None
    ) -> AnswerDraft | None:
        """Each field blamed for itself; None when there was something to blame."""
        before = len(self.faults)
        said = partial(self.said, values=values)
        place = self.take("municipality", lambda: self._place(said("municipality")), of=of)
        regime = self.take("regime", lambda: self._choice("regime", Regime, values), of=of)
        mode = self.take(
            "registry_mode", lambda: self._choice("registry_mode", RegistryMode, values), of=of
        )
        audience = self.take("audience", lambda: self._choice("audience", Audience, values), of=of)
        days: dict[str, Any] = {
            field: self.take(field, partial(_day, values.get(field)), of=of)
            for field in ("valid_from", "valid_until")
        }
        text = self.take("answer", lambda: read_answer_text(said("answer")), of=of)
        link = self.take("link", lambda: read_link(said("link")), of=of)
        picture = self.take("picture", lambda: read_place(said("picture")), of=of)
        file = self.take("file", lambda: read_place(said("file")), of=of)
        terms = self.take(
            "valid_until",
            lambda: AnswerTerms(
                municipality_id=place, regime=regime, registry_mode=mode, audience=audience, **days
            ),
            of=of,
        )
        if len(self.faults) > before or text is None or terms is None:
            return None
        return AnswerDraft(terms=terms, text=replace(text, link=link, picture=picture, file=file))

    def _place(self, said: str) -> int | None:
        return self._places(said) if said else None

    def _choice(self, field: str, kind: type[Code], values: Mapping[str, Any]) -> Code | None:
        said = normal_form(self.said(field, values))
        if not said:
            return None
        for name, words in load("knowledge_columns")[field].items():
            if said in map(normal_form, words):
                return kind(name)
        raise Unreadable("unknown-choice")

    def _blame(
        self,
        field: str,
        reason: str,
        params: Mapping[str, Parameter],
        of: Mapping[str, Any] | None = None,
    ) -> None:
        """A field of a variant is named beside its value: the column is that of the variants."""
        values, column = (self._row.values, field) if of is None else (of, "variants")
        value = values.get(field, "")
        told = value if isinstance(value, str) else json.dumps(value, default=str)
        self.faults.append(
            Fault(
                column=self._row.names.get(column, _title(column)),
                value=shown(told if of is None else f"{_title(field)}: {told}"),
                reason=reason,
                params=params,
            )
        )


def _day(value: Any) -> date | None:
    if isinstance(value, list | dict):
        raise Unreadable("not-date")
    return day(value or "")


def _whole(text: str) -> str:
    """Raises Unreadable for what PostgreSQL cannot keep: an empty sign, half a letter."""
    if any(sign == "\0" or unicodedata.category(sign) == "Cs" for sign in text):
        raise Unreadable("broken-text")
    return text


def _title(field: str) -> str:
    """How we call a column the file does not have."""
    words: list[str] = load("knowledge_columns")["columns"].get(field, [field])
    return words[0]


@cache
def _fields() -> Mapping[str, str]:
    words = load("knowledge_columns")["columns"]
    return {normal_form(name): field for field, names in words.items() for name in names}
