"""Registries of municipalities coming in as files."""

from core.services.registry_import.pace import Pace
from core.services.registry_import.programmes import ProgrammeImport
from core.services.registry_import.report import Fault, ImportReport, ImportWarning, RefusedRow

__all__ = ["Fault", "ImportReport", "ImportWarning", "Pace", "ProgrammeImport", "RefusedRow"]
