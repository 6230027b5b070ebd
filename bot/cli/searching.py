"""`kruzhok search`: programmes by what a parent would write, or by a file of such lines; and
`kruzhok db reindex`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.cli.batches import lines_of
from bot.cli.session import Session, helped, run, say, say_json, told
from core.domain.refusals import NotFound
from core.domain.wishes import WishKind
from core.services.municipalities.municipalities import Municipalities
from core.services.search.indexing import index_anew, reindex
from core.services.search.search import MOST_COUNTED, Search
from core.services.search.views import Found

Limit = Annotated[int, typer.Option(min=1, max=MOST_COUNTED, help=helped("search-limit"))]


_CALLED: Final = {
    WishKind.NOT_WORDS: "not-words",
    WishKind.NOT_DIRECTION: "not-direction",
    WishKind.PRICE_UP_TO: "price",
}


def search(
    text: Annotated[str | None, typer.Argument(help=helped("search-text"))] = None,
    batch: Annotated[Path | None, typer.Option(help=helped("search-batch"))] = None,
    municipality: Annotated[str | None, typer.Option(help=helped("search-municipality"))] = None,
    limit: Limit = 10,
    as_json: Annotated[bool, typer.Option("--json", help=helped("json"))] = False,
) -> None:
    if (text is None) == (batch is None):
        raise typer.BadParameter(told("cli-search-one-of"))
    texts = [text] if text is not None else lines_of(batch or Path())

    async def work(session: Session) -> list[Found]:
        place = await _place(session, municipality)
        service = Search(session.database, session.clock)
        await reindex(session.database)
        found = []
        for line in texts:
            understood = await service.understand(line, place)
            found.append(await service.look(understood, municipality_id=place, limit=limit))
        return found

    for line, found in zip(texts, run(work), strict=True):
        if as_json:
            say_json(as_document(found))
        else:
            _say(line, found)


def reindex_programmes(
    anew: Annotated[bool, typer.Option("--anew", help=helped("reindex-anew"))] = False,
) -> None:
    async def work(session: Session) -> int:
        return await (index_anew if anew else reindex)(session.database)

    say("cli-reindexed", count=run(work))


def as_document(found: Found) -> list[dict[str, Any]]:
    """The shape of `--json`."""
    return [
        {"programme_id": line.id, "title": line.title, "score": line.score} for line in found.items
    ]


async def _place(session: Session, code: str | None) -> int | None:
    if code is None:
        return None
    place = await Municipalities(session.database, session.clock).find_by_code(code)
    if place is None:
        raise NotFound(what="municipality", municipality_code=code)
    return place.id


def _say(line: str, found: Found) -> None:
    say("cli-search-query", text=line, count=found.total)
    _say_corrections(found)
    if found.widened:
        called = [_CALLED.get(wish.kind, wish.kind.value) for wish in found.widened]
        kinds = [told(f"cli-wish-{name}") for name in dict.fromkeys(called)]
        say("cli-search-widened", wishes=", ".join(kinds))
    for programme in found.items:
        say(
            "cli-search-line",
            programme=str(programme.id),
            title=programme.title,
            organisation=programme.organisation_name,
        )


def _say_corrections(found: Found) -> None:
    for made in found.understood.corrections:
        say("cli-search-corrected", typed=made.typed, taken=made.taken)
