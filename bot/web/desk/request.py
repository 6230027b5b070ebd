"""One request opened: its fields, the decision, its papers.

Opening is a look that the audit notes, the same as in a chat. A decision carries the version the
page showed; when somebody was faster, the page is shown as it is now with who decided and when.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiohttp import web

from bot.services import Services
from bot.web.desk.door import HOME, Asked, see
from bot.web.desk.pages import Pages
from bot.web.desk.queue import subject_of
from bot.web.desk.wording import staff_words
from core.domain.certificates import UNDECIDED as CERTIFICATES_OPEN
from core.domain.certificates import CertificateRefusal
from core.domain.enrolment import UNDECIDED as APPLICATIONS_OPEN
from core.domain.enrolment import ApplicationRefusal
from core.domain.municipality import RegistryMode
from core.domain.refusals import AlreadyDecided, NotAllowed, NotFound, Refusal
from core.domain.staff import CardSubject, read_refusal_note
from core.services.certificates.views import CertificateDetails
from core.services.enrolments.views import ApplicationDetails

Details = CertificateDetails | ApplicationDetails
Decision = Callable[[Asked], Awaitable[None]]

_Reason = TypeVar("_Reason", CertificateRefusal, ApplicationRefusal)


class OneRequest:
    def __init__(self, services: Services, pages: Pages) -> None:
        self._services = services
        self._pages = pages

    async def look(self, asked: Asked) -> web.StreamResponse:
        return await self._show(asked)

    async def confirm(self, asked: Asked) -> web.StreamResponse:
        return await self._decide(asked, self._confirm)

    async def refuse(self, asked: Asked) -> web.StreamResponse:
        return await self._decide(asked, self._refuse)

    async def open(self, asked: Asked) -> Details:
        """The fields; the audit notes the look. Raises NotAllowed, NotFound."""
        number = asked.number("id")
        if subject_of(asked) is CardSubject.CERTIFICATES:
            return await self._services.certificate_decisions.open(asked.visit.actor, number)
        return await self._services.application_decisions.open(asked.visit.actor, number)

    async def _decide(self, asked: Asked, decision: Decision) -> web.StreamResponse:
        try:
            await decision(asked)
        except (NotFound, NotAllowed):
            raise
        except AlreadyDecided:
            return await self._show(asked, status=409, late=True)
        except Refusal as refusal:
            said = staff_words(refusal, asked.speech)
            return await self._show(asked, status=422, said=said)
        return see(f"{HOME}/{subject_of(asked)}?done={asked.number('id')}")

    async def _confirm(self, asked: Asked) -> None:
        number, version = asked.number("id"), asked.form.number("version")
        actor = asked.visit.actor
        if subject_of(asked) is CardSubject.CERTIFICATES:
            typed = asked.form.one("number").strip() or None
            await self._services.certificate_decisions.confirm(
                actor, number, version=version, number=typed
            )
        else:
            await self._services.application_decisions.accept(actor, number, version=version)

    async def _refuse(self, asked: Asked) -> None:
        number, version = asked.number("id"), asked.form.number("version")
        actor, code = asked.visit.actor, asked.form.one("reason")
        typed = asked.form.one("note")
        # a reason of one's own is nothing without words
        note = read_refusal_note(typed) if typed.strip() or code == "other" else None
        if subject_of(asked) is CardSubject.CERTIFICATES:
            await self._services.certificate_decisions.refuse(
                actor, number, version=version, reason=_listed(CertificateRefusal, code), note=note
            )
        else:
            await self._services.application_decisions.refuse(
                actor, number, version=version, reason=_listed(ApplicationRefusal, code), note=note
            )

    async def _show(
        self, asked: Asked, *, status: int = 200, late: bool = False, said: str = ""
    ) -> web.StreamResponse:
        details = await self.open(asked)
        subject = subject_of(asked)
        certificate = isinstance(details, CertificateDetails)
        place = await self._services.municipalities.get(details.municipality_id)
        return self._pages.show(
            "request.j2",
            asked.speech,
            status=status,
            asked=asked,
            subject=subject,
            tab=subject,
            counts=await self._services.desk.queue.count_waiting(asked.visit.actor),
            details=details,
            certificate=certificate,
            open=details.state in (CERTIFICATES_OPEN if certificate else APPLICATIONS_OPEN),
            reasons=CertificateRefusal if certificate else ApplicationRefusal,
            external=certificate and place.registry_mode is RegistryMode.EXTERNAL,
            late=late,
            said=said,
            typed=asked.form.one("note"),
        )


def _listed(reasons: type[_Reason], code: str) -> _Reason:
    """Raises NotFound for a forged one."""
    for reason in reasons:
        if reason.value == code:
            return reason
    raise NotFound()
