"""Asking the knowledge base.

The base answers when it is sure, offers three questions when it is not, and else leaves the person
to a person. What it could not answer is noted for staff: one line without numbers, names and
without who asked; what is no question, or is about something else, is not noted at all. A parent is
never told what is written for organisers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from core.clock import Clock
from core.db.engine import Database, DatabaseAway, Tx
from core.domain.actors import Actor
from core.domain.knowledge import Asker, Audience, Variant, masked
from core.domain.municipality import MunicipalityView
from core.domain.refusals import NotFound
from core.search.likeness.reading import is_personal, without_names
from core.search.likeness.verdict import Judgement, Verdict
from core.services.municipalities.steps import get_municipality, get_municipality_id
from core.services.questions.base import IndexedBase, KnowledgeBase
from core.services.questions.danger import is_cry_for_help, speaks_of_danger
from core.services.questions.misses import note_miss
from core.services.questions.queries import is_organiser
from core.services.questions.views import Asked, CandidateView, Told

UNPLACED = ZoneInfo("Europe/Moscow")
"""Whose day it is where no municipality is chosen yet."""


class Knowledge:
    def __init__(self, database: Database, clock: Clock, base: KnowledgeBase | None = None) -> None:
        self._database = database
        self._clock = clock
        self._base = base or KnowledgeBase(database)

    async def warm(self) -> None:
        """Build the index before the first question, where a sentence model makes it slow."""
        if self._base.is_slow:
            await self._base.current()

    async def ask(self, actor: Actor, text: str) -> Asked:
        """What the base says to the actor; a question it has no answer to is noted."""
        asked = await self.look(actor, text)
        aside = asked.courtesy or asked.foreign or asked.danger
        if asked.verdict is Verdict.PERSON and not aside:
            with contextlib.suppress(DatabaseAway):  # an answer is worth more than a note of it
                await self.note(actor, asked.kept, nearest_id=_first(asked))
        return asked

    async def look(self, actor: Actor, text: str) -> Asked:
        """The same, and nothing is noted."""
        return _asked(await self._base.current(), await self._asker(actor), text)

    async def look_in_chat(self, text: str, *, municipality_id: int, audience: Audience) -> Asked:
        """For whoever reads a chat of the municipality; nothing is noted."""
        base = await self._base.current()
        async with self._database.read() as tx:
            place = await get_municipality(tx, municipality_id)
        return _asked(base, self._asker_at(place, audience), text)

    async def answer(self, actor: Actor, entry_id: int) -> Told:
        """The answer to a question the actor pointed at. Raises NotFound, also for what is not
        theirs to hear."""
        base = await self._base.current()
        told = _told(base, entry_id, await self._asker(actor))
        if told is None:
            raise NotFound(what="knowledge-entry")
        return told

    async def answer_named(self, actor: Actor, name: str) -> Told:
        """The answer a link names: by the entry's id, or by its code. Raises NotFound as above."""
        base = await self._base.current()
        asker = await self._asker(actor)
        keys = [int(name)] if name.isdecimal() else base.keys_of(name)
        for told in (_told(base, key, asker) for key in keys):
            if told is not None:
                return told
        raise NotFound(what="knowledge-entry")

    async def judge(
        self, texts: Iterable[str], *, municipality_code: str | None = None
    ) -> list[tuple[Verdict, tuple[CandidateView, ...]]]:
        """For an operator: verdicts over everything there is for anybody, in order. Of one
        municipality and the common, if named. Raises NotFound (municipality)."""
        base = await self._base.current()
        place = None
        if municipality_code is not None:
            async with self._database.read() as tx:
                place = await get_municipality_id(tx, municipality_code)
        told = [(text, base.judge_of(text, place)) for text in texts]
        return [(_verdict(text, one), _candidates(base, one)) for text, one in told]

    async def find(self, actor: Actor, text: str) -> tuple[CandidateView, ...]:
        """Entries like `text`, for staff who want to change one: of any audience."""
        base = await self._base.current()
        return _candidates(base, base.judge_of(text, actor.municipality_id))

    async def note(self, actor: Actor, text: str, *, nearest_id: int | None) -> None:
        """The base could not answer `text` (`Asked.kept`), or the answer did not help. A text with
        a word of danger is not noted: it may be a cry that was not heard."""
        if actor.municipality_id is None or not text or speaks_of_danger(text):
            return
        async with self._database.write() as tx:
            await note_miss(
                tx, actor.municipality_id, text, nearest_id=nearest_id, now=self._clock.now()
            )

    async def _asker(self, actor: Actor) -> Asker:
        now = self._clock.now()
        async with self._database.read() as tx:
            organiser = await is_organiser(tx, actor.person_id, now)
            place = await _place(tx, actor)
        return self._asker_at(place, Audience.ORGANISERS if organiser else Audience.PARENTS)

    def _asker_at(self, place: MunicipalityView | None, audience: Audience) -> Asker:
        zone = ZoneInfo(place.timezone) if place else UNPLACED
        today = self._clock.now().astimezone(zone).date()
        return Asker(audience=audience, municipality=place, today=today)


def _asked(base: IndexedBase, asker: Asker, text: str) -> Asked:
    judged = base.judge(text, asker)
    verdict = _verdict(text, judged)
    told = None
    if verdict is Verdict.ANSWER:
        told = _told(base, judged.candidates[0].key, asker)
    return Asked(
        verdict=verdict,
        candidates=_candidates(base, judged),
        told=told,
        courtesy=judged.courtesy,
        foreign=judged.foreign,
        danger=is_cry_for_help(text),
        personal=is_personal(text),
        kept=kept(text, base.likeness.knows),
    )


def _verdict(text: str, judged: Judgement) -> Verdict:
    """A cry for help goes to a person, whatever question it is like."""
    return Verdict.PERSON if is_cry_for_help(text) else judged.verdict


def kept(text: str, knows: Callable[[str], bool]) -> str:
    """`text` as it may be stored: numbers masked, names of people hidden."""
    return without_names(masked(text), knows)


async def _place(tx: Tx, actor: Actor) -> MunicipalityView | None:
    if actor.municipality_id is None:
        return None
    return await get_municipality(tx, actor.municipality_id)


def _candidates(base: IndexedBase, judged: Judgement) -> tuple[CandidateView, ...]:
    return tuple(
        CandidateView(
            entry_id=candidate.key,
            code=base.entries[candidate.key].code,
            question=base.entries[candidate.key].draft.question,
            score=candidate.score,
        )
        for candidate in judged.candidates
    )


def _told(base: IndexedBase, entry_id: int, asker: Asker) -> Told | None:
    variant: Variant | None = base.variant(entry_id, asker)
    if variant is None:
        return None
    place = asker.municipality
    return Told(
        entry_id=entry_id,
        question=base.entries[entry_id].draft.question,
        answer=variant.text,
        centre_name=place.centre_name if place else None,
        centre_phone=place.centre_phone if place else None,
        municipality=place.name if place else None,
    )


def _first(asked: Asked) -> int | None:
    return asked.candidates[0].entry_id if asked.candidates else None
