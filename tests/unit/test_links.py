"""Which addresses parents may be sent to."""

from __future__ import annotations

import pytest

from core.domain.links import read_link
from core.domain.refusals import BadValue


@pytest.mark.parametrize(
    "link", ["https://pfdo.ru", "https://навигатор.рф/путь?a=1#b", "https://pfdo.ru:8443/", " "]
)
def test_an_open_page_is_taken_as_it_stands(link: str) -> None:
    assert read_link(link) == (link.strip() or None)


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("pfdo.ru", "unreadable"),
        ("javascript:alert(1)", "unreadable"),
        ("https://", "unreadable"),
        ("http://a b.ru", "unreadable"),
        ("https://pfdo.ru:порт/", "unreadable"),
        ("https://[::1", "unreadable"),
        ("https://pfdo", "unreadable"),
        ("https://pfdo.ru/\u202egpj.exe", "unreadable"),
        ("https://user:pass@pfdo.ru/", "password"),
        ("https://pfdo.ru@evil.ru/", "password"),
        ("https://127.0.0.1/", "inside"),
        ("https://10.0.0.5/x", "inside"),
        ("https://192.168.1.1", "inside"),
        ("https://169.254.169.254/latest", "inside"),
        ("https://[::1]/", "inside"),
        ("https://2130706433/", "inside"),
        ("https://127.1/", "inside"),
        ("https://0x7f.0.0.0x1/", "inside"),
        ("https://localhost/", "inside"),
        ("https://localhost./", "inside"),
        ("https://server.local/", "inside"),
        ("http://pfdo.ru/", "insecure"),
    ],
)
def test_what_harms_or_does_not_open_is_refused(link: str, reason: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_link(link)
    assert refused.value.params["reason"] == reason


def test_a_page_without_encryption_is_offered_with_it() -> None:
    with pytest.raises(BadValue) as refused:
        read_link("http://pfdo.ru/a?b=1")
    assert refused.value.params["offered"] == "https://pfdo.ru/a?b=1"
