"""Who acts: a person of a messenger, already known to the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Messenger = Literal["telegram"]


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person behind a call. It grants nothing: every service checks rights itself."""

    person_id: int
    locale: str
    municipality_id: int | None
    reachable: bool = True  # False while the person has the assistant blocked

    @property
    def mark(self) -> str:
        """How the audit names the actor: an id, never a name."""
        return f"person:{self.person_id}"


SYSTEM = "system"
"""How the audit names what the clock did."""
CLI = "cli"
"""How the audit names what an operator did at the command line."""
