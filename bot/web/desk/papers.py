"""Papers to print: the request of a certificate and the consent, filled in or blank.

Filled in, they come from the details, so the look is audited. A consent can be printed only where
the operator is named: without its details there is no such text.
"""

from __future__ import annotations

from aiohttp import web
from markupsafe import Markup

from bot.settings import Settings
from bot.views.consents import Operator, consent_text
from bot.web.desk.door import Asked
from bot.web.desk.pages import Pages
from bot.web.desk.request import Details, OneRequest
from core.clock import Clock
from core.domain.calendar import local_date
from core.domain.consents import ConsentKind
from core.domain.refusals import NotFound
from core.services.certificates.views import CertificateDetails


class Papers:
    def __init__(self, settings: Settings, pages: Pages, opened: OneRequest, clock: Clock) -> None:
        self._settings = settings
        self._pages = pages
        self._opened = opened
        self._clock = clock

    async def filled(self, asked: Asked) -> web.StreamResponse:
        """Of one request."""
        self._check(asked)
        return self._paper(asked, await self._opened.open(asked))

    async def blank(self, asked: Asked) -> web.StreamResponse:
        """For a parents' meeting."""
        self._check(asked)
        return self._paper(asked, None)

    def _check(self, asked: Asked) -> None:
        """Raises NotFound: a consent needs an operator, and is looked for before anything else."""
        if asked.request.match_info["paper"] == "consent" and not self._settings.operator_known:
            raise NotFound()

    def _paper(self, asked: Asked, details: Details | None) -> web.Response:
        paper = asked.request.match_info["paper"]
        operator = Operator(
            name=self._settings.operator_name,
            address=self._settings.operator_address,
            phone=self._settings.operator_phone,
        )
        text = consent_text(ConsentKind.PROCESSING, operator) if paper == "consent" else None
        return self._pages.show(
            f"paper_{paper}.j2",
            asked.speech,
            details=details,
            number=details.snils if isinstance(details, CertificateDetails) else None,
            operator=operator,
            today=local_date(self._clock.now(), asked.visit.timezone),
            consent=Markup(text.body) if text else "",  # our own template, escaped there
        )
