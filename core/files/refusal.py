"""What a whole file is refused for."""

from __future__ import annotations

from typing import ClassVar

from core.domain.refusals import Parameter, Refusal


class FileRefused(Refusal):
    """The file cannot be read as a table.

    params: `reason` is one of `REASONS`, plus numbers the words for it need. Never its content.
    """

    REASONS: ClassVar[tuple[str, ...]] = (
        "absent",
        "empty",
        "old-excel",
        "html",
        "macros",
        "other-archive",
        "unknown",
        "program",
        "far-row",
        "other-encoding",
        "json-list",
        "json-encoding",
        "bomb",
        "too-wide",
        "too-big",
        "too-many-rows",
        "damaged",
        "encoding",
        "no-header",
    )

    def __init__(self, reason: str, **params: Parameter) -> None:
        super().__init__(reason=reason, **params)
        self.reason = reason
