"""Staff change the knowledge base.

Who may change what is in `changing.py`. Every change is a new version that says who, when and what,
and any older one can be brought back. Two who edit one entry at a time: the second is told to look
again, and nothing of the first is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import KnowledgeEntry, KnowledgeVersion
from core.domain.actors import Actor
from core.domain.knowledge import (
    AnswerTerms,
    AnswerText,
    Audience,
    read_examples,
    read_question,
)
from core.domain.refusals import NotFound
from core.services.questions.changing import Deed, change, get_seen, moderator, view_of
from core.services.questions.drafts import AnswerDraft, EntryDraft, from_snapshot
from core.services.questions.misses import get_miss, settle
from core.services.questions.queries import (
    HeldEntry,
    get_entry,
    list_lines,
    list_misses,
    list_versions,
)
from core.services.questions.steps import Author, add_entry, raise_number
from core.services.questions.views import EntryLine, EntryView, MissView, VersionView

MADE_HERE = "own"
"""The topic of entries made in a conversation."""


class KnowledgeEditing:
    """Every call asks for the rights again. `version` is the one the editor looked at."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_lines(self, actor: Actor) -> list[EntryLine]:
        """By topic. Raises NotAllowed."""
        async with self._database.read() as tx:
            place, _ = await moderator(tx, actor, self._clock.now())
            return await list_lines(tx, place)

    async def get(self, actor: Actor, entry_id: int) -> EntryView:
        """Raises NotAllowed, NotFound."""
        async with self._database.read() as tx:
            place, rights = await moderator(tx, actor, self._clock.now())
            return view_of(await get_seen(tx, entry_id, place), rights)

    async def list_versions(self, actor: Actor, entry_id: int) -> list[VersionView]:
        """The newest first. Raises NotAllowed, NotFound."""
        async with self._database.read() as tx:
            place, _ = await moderator(tx, actor, self._clock.now())
            await get_seen(tx, entry_id, place)
            return await list_versions(tx, entry_id)

    async def list_misses(self, actor: Actor) -> list[MissView]:
        """What could not be answered, the most frequent first. Raises NotAllowed."""
        async with self._database.read() as tx:
            place, _ = await moderator(tx, actor, self._clock.now())
            return await list_misses(tx, place)

    async def add(
        self,
        actor: Actor,
        *,
        question: str,
        answer: AnswerText,
        key: str,
        audience: Audience = Audience.PARENTS,
        miss_id: int | None = None,
    ) -> EntryView:
        """A new entry of the actor's municipality; it may settle a question that had no answer and
        keep its words as an example. Raises NotAllowed, NotFound (the miss), BadValue."""
        line = read_question(question)
        now = self._clock.now()
        async with self._database.write() as tx:
            await raise_number(tx)
            place, rights = await moderator(tx, actor, now)
            asked = await self._settled(tx, place, miss_id)
            entry_id = await tx.scalar(select(KnowledgeEntry.id).where(KnowledgeEntry.key == key))
            if entry_id is None:
                draft = EntryDraft(
                    topic=MADE_HERE,
                    audience=audience,
                    question=line,
                    examples=tuple(read_examples(asked, question=line)),
                    answers=(AnswerDraft(terms=AnswerTerms(), text=answer),),
                )
                entry_id = await add_entry(
                    tx,
                    draft,
                    code=f"{MADE_HERE}-{key}",
                    municipality_id=place,
                    key=key,
                    author=Author(mark=actor.mark, person_id=actor.person_id),
                    now=now,
                )
            return view_of(await get_entry(tx, entry_id), rights)

    async def change_question(
        self, actor: Actor, entry_id: int, *, version: int, question: str
    ) -> EntryView:
        """The old wording becomes an example. Raises as `change`, and BadValue."""
        line = read_question(question)

        def deed(held: HeldEntry) -> EntryDraft:
            before = held.draft
            examples = read_examples((*before.examples, before.question), question=line)
            return replace(before, question=line, examples=tuple(examples))

        return await self._change(actor, entry_id, deed, version=version)

    async def add_examples(
        self, actor: Actor, entry_id: int, texts: Sequence[str], *, miss_id: int | None = None
    ) -> EntryView:
        """They come to what stands there, whatever its version; with them a question that had no
        answer. Raises as `change`, and BadValue, NotFound (the miss)."""
        async with self._database.write() as tx:
            place, _ = await moderator(tx, actor, self._clock.now())
            asked = await self._settled(tx, place, miss_id)

            def deed(held: HeldEntry) -> EntryDraft:
                before = held.draft
                examples = read_examples(
                    (*before.examples, *texts, *asked), question=before.question
                )
                return replace(before, examples=tuple(examples))

            return await change(tx, actor, entry_id, deed, version=None, now=self._clock.now())

    async def remove_example(
        self, actor: Actor, entry_id: int, *, version: int, example: str
    ) -> EntryView:
        """Raises as `change`."""

        def deed(held: HeldEntry) -> EntryDraft:
            left = tuple(one for one in held.draft.examples if one != example)
            return replace(held.draft, examples=left)

        return await self._change(actor, entry_id, deed, version=version)

    async def set_answer(
        self,
        actor: Actor,
        entry_id: int,
        *,
        version: int,
        terms: AnswerTerms,
        text: AnswerText,
        instead_of: int | None = None,
    ) -> EntryView:
        """What stood on the same terms ends, and so does the answer `instead_of`.
        Raises as `change`."""
        made = AnswerDraft(terms=terms, text=text)

        def deed(held: HeldEntry) -> EntryDraft:
            kept = [one for one in _without(held, instead_of) if one.terms != terms]
            return replace(held.draft, answers=(*kept, made))

        return await self._change(actor, entry_id, deed, version=version)

    async def end_answer(
        self, actor: Actor, entry_id: int, *, version: int, answer_id: int
    ) -> EntryView:
        """With the last answer the entry ends. Raises as `change`."""

        def deed(held: HeldEntry) -> EntryDraft:
            left = tuple(_without(held, answer_id))
            return replace(held.draft, answers=left, ended=held.draft.ended or not left)

        return await self._change(actor, entry_id, deed, version=version)

    async def end(self, actor: Actor, entry_id: int, *, version: int) -> EntryView:
        """Nobody is told it any more. Raises as `change`."""
        return await self._change(
            actor, entry_id, lambda held: replace(held.draft, ended=True), version=version
        )

    async def restore(self, actor: Actor, entry_id: int, *, version: int, number: int) -> EntryView:
        """Bring back the state of version `number`, as a new version. Raises as `change`."""
        async with self._database.write() as tx:
            snapshot = await tx.scalar(
                select(KnowledgeVersion.snapshot).where(
                    KnowledgeVersion.entry_id == entry_id, KnowledgeVersion.number == number
                )
            )
            if snapshot is None:
                raise NotFound(what="knowledge-version")
            draft = from_snapshot(snapshot)
            return await change(
                tx,
                actor,
                entry_id,
                lambda _: draft,
                version=version,
                now=self._clock.now(),
                revives=True,
            )

    async def settle_miss(self, actor: Actor, miss_id: int) -> None:
        """It needs nothing. Raises NotAllowed, NotFound."""
        async with self._database.write() as tx:
            place, _ = await moderator(tx, actor, self._clock.now())
            await self._settled(tx, place, miss_id)

    async def _change(self, actor: Actor, entry_id: int, deed: Deed, *, version: int) -> EntryView:
        async with self._database.write() as tx:
            now = self._clock.now()
            return await change(tx, actor, entry_id, deed, version=version, now=now)

    async def _settled(self, tx: Tx, place: int, miss_id: int | None) -> list[str]:
        """The words of the question that is settled now, if one is."""
        if miss_id is None:
            return []
        _, text = await get_miss(tx, miss_id, {place})
        await settle(tx, miss_id, self._clock.now())
        return [text]


def _without(held: HeldEntry, answer_id: int | None) -> list[AnswerDraft]:
    return [
        AnswerDraft(terms=answer.terms, text=answer.text)
        for answer in held.answers
        if answer.id != answer_id
    ]
