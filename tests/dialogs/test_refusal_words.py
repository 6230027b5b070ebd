"""A refused certificate: only what the family can do, and another request only where it helps."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.views.certificates import status
from core.domain.certificates import CertificateRefusal, CertificateState
from core.domain.names import ChildName
from core.i18n import Texts
from core.services.certificates.views import CertificateView


def said(reason: CertificateRefusal) -> str:
    view = CertificateView(
        id=318,
        municipality_id=1,
        child_id=1,
        child_name=ChildName(last="Петрова", first="Алиса"),
        state=CertificateState.REFUSED,
        visit_code="318-47",
        visit_until=date(2026, 9, 23),
        number_tail=None,
        refusal_reason=reason,
        refusal_note=None,
        requested_at=datetime(2026, 8, 24, 9, tzinfo=UTC),
        state_since=datetime(2026, 8, 24, 9, tzinfo=UTC),
        adult_on=date(2035, 3, 5),
        version=2,
    )
    return status(view, Texts().speak("ru"), date(2026, 8, 24))


@pytest.mark.parametrize(
    "reason", [CertificateRefusal.HAS_CERTIFICATE, CertificateRefusal.NOT_RESIDENT]
)
def test_what_another_request_cannot_mend_invites_to_none(reason: CertificateRefusal) -> None:
    assert "подать" not in said(reason)
    assert "подайте" not in said(reason)


def test_wrong_data_is_mended_by_the_centre() -> None:
    text = said(CertificateRefusal.WRONG_DATA)
    assert "Позвоните в центр" in text
    assert "№ 318" in text


def test_another_reason_leaves_the_way_open() -> None:
    assert "можно подать ещё раз" in said(CertificateRefusal.OTHER)
