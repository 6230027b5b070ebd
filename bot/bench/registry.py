"""Registries of any size for measuring, made of `demo/bench/topics.toml`; the same seed gives the
same registry. A programme has a title of its topic (mostly with a level), an annotation that says
the topic in other words, and now and then names a neighbour's topic."""

from __future__ import annotations

import csv
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "demo" / "bench"
QUERIES: Final = FOLDER / "queries.jsonl"
OLDEST: Final = 18
WITHOUT_LEVEL: Final = 0.35
MENTIONS: Final = 0.25
PRICES: Final = (0, 0, 3000, 9000)
SEATS: Final = (8, 12, 15)


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What a club is about; `ages` in years."""

    direction: str
    ages: tuple[int, int]
    titles: Sequence[str]
    says: Sequence[str]


@cache
def document() -> Mapping[str, Any]:
    """The words a registry is made of."""
    return tomllib.loads((FOLDER / "topics.toml").read_text(encoding="utf-8"))


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(
        Topic(
            direction=said["direction"],
            ages=(said["ages"][0], said["ages"][1]),
            titles=said["titles"],
            says=said["says"],
        )
        for said in document()["topics"].values()
    )


def write_registry(place: Path, size: int, *, seed: int = 1) -> Path:
    """A registry of `size` programmes with one group each, as csv."""
    with place.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(document()["columns"])
        table.writerows(_rows(size, random.Random(seed)))
    return place


def _rows(size: int, chance: random.Random) -> Iterator[list[object]]:
    words = document()
    weights = [chance.uniform(0.3, 2) for _ in topics()]
    met: dict[tuple[str, str], int] = {}
    for number in range(1, size + 1):
        topic = chance.choices(topics(), weights)[0]
        organisation = chance.choice(words["organisations"]).format(chance.randint(1, 200))
        title = _title(topic, chance)
        again = met[organisation, title] = met.get((organisation, title), 0) + 1
        youngest = chance.randint(topic.ages[0], max(topic.ages[0], topic.ages[1] - 3))
        price = chance.choice(PRICES)
        yield [
            organisation,
            title if again == 1 else f"{title}-{again}",
            _annotation(topic, chance),
            words["directions"][topic.direction],
            youngest,
            min(OLDEST, youngest + chance.randint(1, 6)),
            words["registries"]["paid" if price else "free"],
            price,
            words["group"].format(number),
            ", ".join((chance.choice(words["settlements"]), chance.choice(words["streets"]))),
            chance.choice(words["schedules"]),
            chance.choice(SEATS),
            "01.09.2026",
            "31.05.2027",
        ]


def _title(topic: Topic, chance: random.Random) -> str:
    title = chance.choice(topic.titles)
    if chance.random() < WITHOUT_LEVEL:
        return title
    return f"{title} {chance.choice(document()['levels'])}"


def _annotation(topic: Topic, chance: random.Random) -> str:
    words = document()
    said = [f"{phrase}." for phrase in topic.says] + chance.sample(words["filler"], 4)
    if chance.random() < MENTIONS:
        other = chance.choice(topics())
        said.append(words["mention"].format(chance.choice(other.titles)))
    chance.shuffle(said)
    return " ".join(said)
