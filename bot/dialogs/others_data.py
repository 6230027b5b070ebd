"""Whether words carry somebody's data: a number of a document, a phone, a child's name with a day.

For chats that many read: nothing is stored or taken away there, but whoever wrote it is told.
"""

from __future__ import annotations

import re
from itertools import pairwise

from bot.dialogs.documents import document_in
from core.domain.knowledge import HIDDEN, masked
from core.search.vocabulary.words import folded, is_name_of_person

_PHONE = re.compile(r"(?<!\d)(?:\+?7|8)[\s(-]*\d{3}(?:[\s)-]*\d){7}(?!\d)")
_TEN_DIGITS = re.compile(r"(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{2}(?!\d)")
_DAY = re.compile(
    r"(?<!\d)\d{1,2}(?:\s*[./-]\s*\d{1,2}\s*[./-]\s*|\s+[^\W\d_]+\s+)(?:19|20)?\d\d(?!\d)"
)
_SENTENCE = re.compile(r"[^?!;\n]+(?:[?!;\n]+|$)")
_LETTERS = re.compile(r"[^\W\d_]+")


def carries_data(text: str) -> bool:
    """A SNILS, a passport, a certificate's number, a phone; a full name beside a birth date."""
    return (
        document_in(text) is not None
        or _PHONE.search(text) is not None
        or _TEN_DIGITS.search(text) is not None
        or (_DAY.search(text) is not None and _has_full_name(text))
    )


def without_data(text: str) -> str:
    """The sentences that carry none; where all do, their words without numbers and dates."""
    clean = [one for one in _SENTENCE.findall(text) if not carries_data(one)]
    said = " ".join(clean) or masked(_DAY.sub(" ", text)).replace(HIDDEN, " ")
    return " ".join(said.split())


def _has_full_name(text: str) -> bool:
    """Two names in a row: a surname and a first name, a first name and a patronymic."""
    words = [(word, is_name_of_person(folded(word))) for word in _LETTERS.findall(text)]
    return any(
        (one_is and other_is and one[0].isupper() and other[0].isupper())
        for (one, one_is), (other, other_is) in pairwise(words)
    )
