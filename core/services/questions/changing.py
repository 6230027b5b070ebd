"""One change of an entry, whoever asks for it: rights, versions, what touches whom.

Entries of a municipality are its consultants' and head's. An entry common to all is changed whole
by heads only; a consultant adds examples to it, or an answer that holds in the own municipality.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from core.db.engine import Tx
from core.domain.actors import Actor
from core.domain.knowledge import CommonEntry, EntryEnded, KnowledgeChanged
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import Right, Role, is_moderator
from core.services.questions.drafts import EntryDraft, is_within
from core.services.questions.queries import HeldEntry, get_entry
from core.services.questions.steps import Author, raise_number, write_draft
from core.services.questions.views import EntryView
from core.services.staff.steps import require

Deed = Callable[[HeldEntry], EntryDraft]
"""What the entry becomes."""


async def moderator(tx: Tx, actor: Actor, now: datetime) -> tuple[int, list[Right]]:
    """The municipality the actor works for here, and the rights. Raises NotAllowed."""
    place = actor.municipality_id
    if place is None:
        raise NotAllowed()
    rights = await require(
        tx,
        actor.person_id,
        now=now,
        allows=lambda held: is_moderator(held, municipality_id=place),
    )
    return place, rights


async def get_seen(tx: Tx, entry_id: int, place: int, *, for_change: bool = False) -> HeldEntry:
    """An entry of the municipality, or a common one. Raises NotFound."""
    held = await get_entry(tx, entry_id, for_change=for_change)
    if held.municipality_id not in (None, place):
        raise NotFound(what="knowledge-entry")
    return held


async def change(
    tx: Tx,
    actor: Actor,
    entry_id: int,
    deed: Deed,
    *,
    version: int | None,
    now: datetime,
    revives: bool = False,
) -> EntryView:
    """`version`: the one the editor looked at, None when it does not matter. What is so already
    is done already, so a repeated tap is no conflict.

    Raises NotAllowed, NotFound, CommonEntry, EntryEnded, KnowledgeChanged.
    """
    await raise_number(tx)
    place, rights = await moderator(tx, actor, now)
    held = await get_seen(tx, entry_id, place, for_change=True)
    draft = deed(held)
    if draft.differs_from(held.draft):
        if version is not None and held.version != version:
            raise KnowledgeChanged()
        if held.draft.ended and not revives:
            raise EntryEnded()
        whole = may_change_whole(held, rights)
        if not whole and not is_within(place, held.draft, draft):
            raise CommonEntry()
        author = Author(mark=actor.mark, person_id=actor.person_id)
        await write_draft(tx, held, draft, author=author, now=now)
        held = await get_seen(tx, entry_id, place)
    return view_of(held, rights)


def may_change_whole(held: HeldEntry, rights: Sequence[Right]) -> bool:
    if held.municipality_id is None:
        return any(right.role is Role.HEAD for right in rights)
    return is_moderator(rights, municipality_id=held.municipality_id)


def view_of(held: HeldEntry, rights: Sequence[Right]) -> EntryView:
    return EntryView(
        id=held.id,
        code=held.code,
        version=held.version,
        municipality_id=held.municipality_id,
        topic=held.draft.topic,
        audience=held.draft.audience,
        question=held.draft.question,
        examples=held.draft.examples,
        answers=tuple(sorted(held.answers, key=lambda one: (one.terms.specificity, one.id))),
        ended=held.draft.ended,
        whole=may_change_whole(held, rights),
    )
