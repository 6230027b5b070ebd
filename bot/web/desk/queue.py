"""The list of requests: by state and page, by what was searched for, and ticks to confirm many.

What one searches for may be a name, so it travels in the body of a form and never in an address.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.services import Services
from bot.web.desk.door import HOME, Asked, read_number, see
from bot.web.desk.pages import Pages
from bot.web.desk.wording import staff_words
from core.domain.desk import MOST_AT_ONCE, TooManyTicked, Waiting, Wanted, read_search
from core.domain.refusals import BadValue, NotFound
from core.domain.staff import CardSubject
from core.services.desk.bulk import Ticked


class Queue:
    def __init__(self, services: Services, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    async def home(self, asked: Asked) -> web.StreamResponse:
        """The first list the person decides."""
        counts = await self._services.desk.queue.count_waiting(asked.visit.actor)
        first = (
            CardSubject.APPLICATIONS if counts.certificates is None else CardSubject.CERTIFICATES
        )
        return see(f"{HOME}/{first}")

    async def list(self, asked: Asked) -> web.StreamResponse:
        query = asked.request.query
        waiting = _listed(query.get("show", ""))
        page = _page(query.get("page", ""))
        return await self._show(asked, waiting, Wanted(), page, done=query.get("done", ""))

    async def find(self, asked: Asked) -> web.StreamResponse:
        typed = asked.form.one("q")
        try:
            wanted = read_search(typed)
        except BadValue as refusal:
            said = staff_words(refusal, asked.speech)
            return await self._show(asked, Waiting.OPEN, Wanted(), 1, typed=typed, said=said)
        return await self._show(asked, Waiting.ALL, wanted, 1, typed=typed)

    async def check(self, asked: Asked) -> web.StreamResponse:
        """Before many are confirmed: which."""
        ticked = _ticked(asked)
        if not ticked:
            return see(f"{HOME}/{subject_of(asked)}")
        if len(ticked) > MOST_AT_ONCE:
            said = staff_words(TooManyTicked(most=MOST_AT_ONCE), asked.speech)
            return await self._show(asked, Waiting.OPEN, Wanted(), 1, said=said)
        return await self._page(asked, "check.j2", ticked=ticked)

    async def confirm(self, asked: Asked) -> web.StreamResponse:
        """Confirm what was ticked, each by itself, and tell what failed."""
        outcomes = await self._services.desk.bulk.confirm(
            asked.visit.actor, subject_of(asked), _ticked(asked)
        )
        told = [
            (one.id, one.refusal and staff_words(one.refusal, asked.speech)) for one in outcomes
        ]
        failed = [one for one in told if one[1]]
        return await self._page(
            asked, "report.j2", failed=failed, confirmed=len(told) - len(failed)
        )

    async def _show(
        self,
        asked: Asked,
        waiting: Waiting,
        wanted: Wanted,
        page: int,
        *,
        typed: str = "",
        said: str = "",
        done: str = "",
    ) -> web.StreamResponse:
        found = await self._services.desk.queue.page(
            asked.visit.actor, subject_of(asked), waiting=waiting, wanted=wanted, page=page
        )
        return await self._page(
            asked,
            "queue.j2",
            found=found,
            waiting=waiting,
            typed=typed,
            said=said,
            done=done if done.isascii() and done.isdecimal() else "",
        )

    async def _page(self, asked: Asked, template: str, **data: Any) -> web.Response:
        counts = await self._services.desk.queue.count_waiting(asked.visit.actor)
        subject = subject_of(asked)
        return self._pages.show(
            template, asked.speech, asked=asked, counts=counts, subject=subject, tab=subject, **data
        )


def subject_of(asked: Asked) -> CardSubject:
    return CardSubject(asked.request.match_info["subject"])


def _listed(name: str) -> Waiting:
    return Waiting(name) if name in set(Waiting) else Waiting.OPEN


def _page(text: str) -> int:
    try:
        return min(read_number(text), 10**6)
    except NotFound:
        return 1


def _ticked(asked: Asked) -> list[Ticked]:
    """`id.version`, as the list wrote them. Raises NotFound for what it never wrote."""
    pairs = [text.partition(".") for text in asked.form.values.get("tick", ())]
    ticked = {read_number(one): read_number(version) for one, _, version in pairs}
    return [Ticked(id=one, version=version) for one, version in ticked.items()]
