"""The use cases the edge may call, as one bundle; wired by `bot.app`."""

from __future__ import annotations

from dataclasses import dataclass

from core.services.advice.advice import Advice
from core.services.audit.viewing import AuditView
from core.services.certificates.attach_tasks import AttachTasks
from core.services.certificates.attaching import Attaching
from core.services.certificates.cards import CertificateCards
from core.services.certificates.decisions import CertificateDecisions
from core.services.certificates.halting import Halting
from core.services.certificates.missing_data import MissingData
from core.services.certificates.requests import CertificateRequests
from core.services.chats.bound_chats import BoundChats
from core.services.chats.cards import Cards
from core.services.chats.reminders import Reminders
from core.services.children.children import Children
from core.services.confirmation.joining import JoinSlips
from core.services.confirmation.paper import PaperFamilies
from core.services.confirmation.points import ConfirmationPoints
from core.services.confirmation.visits import PointVisits
from core.services.consents.consents import Consents
from core.services.desk.desk import Desk
from core.services.enrolments.applications import Applications
from core.services.enrolments.decisions import ApplicationDecisions
from core.services.families.doubles import ChildDoubles
from core.services.families.families import Families
from core.services.families.invitations import FamilyInvitations
from core.services.families.moving import FamilyMoves
from core.services.families.records import ChildRecords
from core.services.families.recovery import FamilyRecovery
from core.services.families.suggestions import FamilySuggestions
from core.services.municipalities.municipalities import Municipalities
from core.services.people.people import People
from core.services.places.points import OrganisationPoints
from core.services.privacy.erasures import Erasures
from core.services.privacy.my_data import MyData
from core.services.privacy.withdrawals import Withdrawals
from core.services.programmes import Programmes
from core.services.programmes.open_now import OpenProgrammes
from core.services.questions.editing import KnowledgeEditing
from core.services.questions.knowledge import Knowledge
from core.services.registry_tasks.differences import RegistryDifferences
from core.services.registry_tasks.registry_tasks import RegistryTasks
from core.services.search.search import Search
from core.services.search.synonyms import Synonyms
from core.services.sent_files import SentFiles
from core.services.staff.colleagues import Colleagues
from core.services.staff.staff import Staff
from core.services.watches.watches import SeatWatches


@dataclass(frozen=True, kw_only=True)
class Services:
    """Every call re-checks rights: what comes from a messenger is input."""

    people: People
    municipalities: Municipalities
    consents: Consents
    children: Children
    families: Families
    family_invitations: FamilyInvitations
    family_recovery: FamilyRecovery
    family_moves: FamilyMoves
    family_suggestions: FamilySuggestions
    child_records: ChildRecords
    child_doubles: ChildDoubles
    certificate_requests: CertificateRequests
    certificate_decisions: CertificateDecisions
    missing_data: MissingData
    attaching: Attaching
    halting: Halting
    certificate_cards: CertificateCards
    attach_tasks: AttachTasks
    confirmation_points: ConfirmationPoints
    point_visits: PointVisits
    paper_families: PaperFamilies
    join_slips: JoinSlips
    applications: Applications
    application_decisions: ApplicationDecisions
    registry_tasks: RegistryTasks
    registry_differences: RegistryDifferences
    programmes: Programmes
    open_programmes: OpenProgrammes
    search: Search
    synonyms: Synonyms
    organisation_points: OrganisationPoints
    advice: Advice
    watches: SeatWatches
    staff: Staff
    colleagues: Colleagues
    sent_files: SentFiles
    bound_chats: BoundChats
    cards: Cards
    reminders: Reminders
    my_data: MyData
    withdrawals: Withdrawals
    erasures: Erasures
    audit: AuditView
    knowledge: Knowledge
    knowledge_editing: KnowledgeEditing
    desk: Desk
