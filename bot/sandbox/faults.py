"""How the line to Telegram breaks, on purpose and by a printable seed.

A rule names methods (none: all but getUpdates) and shares of requests; the first rule that fits
decides. Kinds: ``error`` 502 and nothing done; ``drop_before`` connection cut, nothing done;
``drop_after`` done, then cut; ``hang_after`` done, then no answer until the client gives up;
``flood`` a forced 429. ``times`` ends a rule after so many faults: «cut the next send».
"""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

KINDS = ("error", "drop_before", "drop_after", "hang_after", "flood")
SPARED = "getupdates"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Shares are 0–1 and add up to at most 1; latency is in seconds, between two bounds."""

    methods: tuple[str, ...] = ()
    error: float = 0.0
    drop_before: float = 0.0
    drop_after: float = 0.0
    hang_after: float = 0.0
    flood: float = 0.0
    flood_seconds: int = 3
    latency: tuple[float, float] = (0.0, 0.0)
    times: int | None = None

    def fits(self, method: str) -> bool:
        names = [name.lower() for name in self.methods]
        return method.lower() in names if names else method.lower() != SPARED


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What happens to one request: ``kind`` is empty when nothing does."""

    kind: str = ""
    latency: float = 0.0
    flood_seconds: int = 0


class Faults:
    def __init__(self, seed: int = 0) -> None:
        self.rules: list[Rule] = []
        self.seed = seed
        self._chance = Random(seed)
        self._used: dict[int, int] = {}

    def set(self, *rules: Rule, seed: int | None = None) -> None:
        """Replace all rules; no rules end all faults."""
        self.rules = list(rules)
        self.seed = self.seed if seed is None else seed
        self._chance = Random(self.seed)
        self._used.clear()

    def set_json(self, document: Mapping[str, Any]) -> None:
        """Rules as the control routes receive them: {"seed": 1, "rules": [{…}]}."""
        rules = []
        for fields in document.get("rules", []):
            given = dict(fields)
            for name in ("methods", "latency"):
                if name in given:
                    given[name] = tuple(given[name])
            rules.append(Rule(**given))
        self.set(*rules, seed=document.get("seed"))

    def json(self) -> dict[str, Any]:
        return {"seed": self.seed, "rules": [asdict(rule) for rule in self.rules]}

    def judge(self, method: str) -> Verdict:
        for index, rule in enumerate(self.rules):
            if not rule.fits(method):
                continue
            if rule.times is not None and self._used.get(index, 0) >= rule.times:
                continue
            return self._draw(index, rule)
        return Verdict()

    def _draw(self, index: int, rule: Rule) -> Verdict:
        latency = self._chance.uniform(*rule.latency)
        drawn, kind = self._chance.random(), ""
        for name in KINDS:
            share = getattr(rule, name)
            if drawn < share:
                kind = name
                self._used[index] = self._used.get(index, 0) + 1
                break
            drawn -= share
        return Verdict(kind=kind, latency=latency, flood_seconds=rule.flood_seconds)


async def delay(verdict: Verdict) -> None:
    if verdict.latency > 0:
        await asyncio.sleep(verdict.latency)
