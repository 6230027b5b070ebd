"""All tables in one place: importing this package fills `Base.metadata`."""

from core.db.models.attaching import AttachTask, AttachTry
from core.db.models.base import Base
from core.db.models.confirmation import JoinSlip, PaperConsent, PointConfirmation, PointLookup
from core.db.models.desk import DeskEntry, DeskFile, DeskSession
from core.db.models.family import Application, Certificate, Child, Guardianship
from core.db.models.journal import AuditRecord
from core.db.models.kinship import (
    ChildChange,
    ChildMerge,
    FamilyCode,
    FamilyInvitation,
    FamilyInvitationChild,
    RecoveryTry,
)
from core.db.models.knowledge import (
    KnowledgeAnswer,
    KnowledgeEntry,
    KnowledgeState,
    KnowledgeVersion,
    QuestionMiss,
)
from core.db.models.people import (
    BoundChat,
    ChatCode,
    ChatTopic,
    Consent,
    ConsentText,
    Person,
    StaffCard,
    StaffInvitation,
    StaffRight,
)
from core.db.models.places import Municipality, Organisation
from core.db.models.privacy import Erasure
from core.db.models.reconciling import RegistryDifference, RegistryTask
from core.db.models.registry import Group, Import, Programme
from core.db.models.search import (
    ProgrammeFacets,
    ProgrammeHours,
    ProgrammeTexts,
    SearchMiss,
    SearchSynonym,
    SearchTitle,
    SearchVersion,
    SearchWord,
)
from core.db.models.traffic import DataKeyMark, DialogueState, InboxRow, Lease, OutboxRow, Timer
from core.db.models.watches import SeatWatch

__all__ = [
    "Application",
    "AttachTask",
    "AttachTry",
    "AuditRecord",
    "Base",
    "BoundChat",
    "Certificate",
    "ChatCode",
    "ChatTopic",
    "Child",
    "ChildChange",
    "ChildMerge",
    "Consent",
    "ConsentText",
    "DataKeyMark",
    "DeskEntry",
    "DeskFile",
    "DeskSession",
    "DialogueState",
    "Erasure",
    "FamilyCode",
    "FamilyInvitation",
    "FamilyInvitationChild",
    "Group",
    "Guardianship",
    "Import",
    "InboxRow",
    "JoinSlip",
    "KnowledgeAnswer",
    "KnowledgeEntry",
    "KnowledgeState",
    "KnowledgeVersion",
    "Lease",
    "Municipality",
    "Organisation",
    "OutboxRow",
    "PaperConsent",
    "Person",
    "PointConfirmation",
    "PointLookup",
    "Programme",
    "ProgrammeFacets",
    "ProgrammeHours",
    "ProgrammeTexts",
    "QuestionMiss",
    "RecoveryTry",
    "RegistryDifference",
    "RegistryTask",
    "SearchMiss",
    "SearchSynonym",
    "SearchTitle",
    "SearchVersion",
    "SearchWord",
    "SeatWatch",
    "StaffCard",
    "StaffInvitation",
    "StaffRight",
    "Timer",
]
