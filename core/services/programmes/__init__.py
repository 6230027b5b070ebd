"""The registry as parents see it."""

from core.services.programmes.queries import Programmes
from core.services.programmes.views import GroupView, Page, ProgrammeCard, ProgrammeLine

__all__ = ["GroupView", "Page", "ProgrammeCard", "ProgrammeLine", "Programmes"]
