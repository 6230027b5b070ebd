"""Children, certificates and enrolments coming in as files of a registry."""

from core.services.family_import.family_import import FamilyImport
from core.services.family_import.vocabulary import FamilyFile
from core.services.family_import.writing import ImportDisturbed

__all__ = ["FamilyFile", "FamilyImport", "ImportDisturbed"]
