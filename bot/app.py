"""The composition root: the only place that joins the parts. A test builds the same `App`."""

from __future__ import annotations

import asyncio
import base64
from functools import partial
from urllib.parse import urljoin

from aiogram import Dispatcher
from aiogram_dialog import setup_dialogs
from aiohttp import ClientSession

from bot.dialogs import dialogs
from bot.dialogs.imports.incoming import Incoming
from bot.handlers import routers
from bot.handlers.errors import say_stale
from bot.intake.dialogue import DialogueStorage, OrderedAlready
from bot.intake.failures import Failures
from bot.intake.inbox import Inbox
from bot.intake.nursery import Nursery, signal_or_pause
from bot.intake.polling import Polling
from bot.intake.updates import KINDS
from bot.intake.webhook import PATH, Webhook, secret_from
from bot.intake.worker import Worker
from bot.logs import log
from bot.middlewares.identity import Identity
from bot.middlewares.reference_mode import ReferenceMode
from bot.middlewares.taps import AnswerFirst, PresentScreenOnly
from bot.outgoing.introduction import announce_commands, insist
from bot.outgoing.limiter import Limiter
from bot.outgoing.messages import ScreenMessages
from bot.outgoing.notices import load_notices
from bot.outgoing.outbox import OutboxSender
from bot.outgoing.queue import OutboxQueue
from bot.outgoing.telegram import connect
from bot.services import Services
from bot.settings import Settings, data_key_for, incoming_folder, read_quiet_hours
from bot.views.commands import menu_version
from bot.web.desk.routes import desk_routes
from bot.web.health import Health
from bot.web.server import WebServer
from core.cipher import Cipher
from core.clock import Chance, Clock, SystemChance, SystemClock
from core.db import migrate
from core.db.crash import CrashPoint
from core.db.data_key import check_data_key
from core.db.engine import Database
from core.db.instance_lock import InstanceLock
from core.domain.silence import QuietHours
from core.i18n import Texts
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
from core.services.desk.desk import open_desk
from core.services.enrolments.applications import Applications
from core.services.enrolments.decisions import ApplicationDecisions
from core.services.families.doubles import ChildDoubles
from core.services.families.families import Families
from core.services.families.invitations import FamilyInvitations
from core.services.families.moving import FamilyMoves
from core.services.families.records import ChildRecords
from core.services.families.recovery import FamilyRecovery
from core.services.families.suggestions import FamilySuggestions
from core.services.family_import import FamilyImport
from core.services.municipalities.municipalities import Municipalities
from core.services.people.people import People
from core.services.places.points import OrganisationPoints
from core.services.privacy.erasures import Erasures
from core.services.privacy.my_data import MyData
from core.services.privacy.withdrawals import Withdrawals
from core.services.programmes import Programmes
from core.services.programmes.open_now import OpenProgrammes
from core.services.questions.editing import KnowledgeEditing
from core.services.questions.importing import KnowledgeImport
from core.services.questions.knowledge import Knowledge
from core.services.registry_import import ProgrammeImport
from core.services.registry_tasks.differences import RegistryDifferences
from core.services.registry_tasks.registry_tasks import RegistryTasks
from core.services.search.search import Search
from core.services.search.synonyms import Synonyms
from core.services.sent_files import SentFiles
from core.services.staff.colleagues import Colleagues
from core.services.staff.staff import Staff
from core.services.timers.timers import Timers
from core.services.watches.watches import SeatWatches
from core.words import working_calendar

TIMERS_EVERY_S = 30.0
SEATS_EVERY_S = 10.0
"""How often seats are looked for that came by another process, an import or an opened window."""
SELF_ANSWERING = ("card:", "rtask:", "attask:")
"""Prefixes of buttons whose handlers answer the tap themselves (it may be an alert)."""


class TokenMissing(Exception):
    """There is no BOT_TOKEN: nothing to connect to."""


class SchemaBehind(Exception):
    """The database is not at the newest migration: run `kruzhok db upgrade`."""


class App:
    """Everything of one process. `start()` returns when updates are being taken."""

    def __init__(
        self, settings: Settings, *, database_url: str, clock: Clock, chance: Chance
    ) -> None:
        if settings.bot_token is None:
            raise TokenMissing
        token = settings.bot_token.get_secret_value()
        key = data_key_for(settings, database_url)
        cipher = Cipher.from_text(key, chance)
        self.settings = settings
        self.clock = clock
        self.chance = chance
        self.cipher = cipher
        self.database = Database(database_url, crash=CrashPoint.from_environment())
        quiet = read_quiet_hours(settings.quiet_hours)
        self.services = make_services(self.database, clock, chance, cipher, quiet)
        self.texts = Texts()
        self.incoming = Incoming(incoming_folder(settings, database_url))
        self._timers = Timers(self.database, clock, cipher, quiet)
        self._limiter = Limiter(bulk_rate=settings.bulk_rate)
        self.bot = connect(token, settings.telegram_api_url, self._limiter)
        self.inbox = Inbox(
            self.database, cipher, clock, bot_id=self.bot.id, instance=settings.instance
        )
        self.queue = OutboxQueue(self.database, cipher, clock, instance=settings.instance)
        self._dispatcher = make_dispatcher(self, DialogueStorage(self.database, cipher))
        secret = settings.webhook_secret
        self._webhook_secret = (
            secret.get_secret_value() if secret else secret_from(base64.b64decode(key))
        )
        health = Health(self.database, self.inbox, self.queue, clock)
        hook = Webhook(self.inbox, self._webhook_secret)
        self.web = WebServer(
            [
                *health.routes(),
                *hook.routes(),
                *desk_routes(self.services, settings, self.texts, clock),
            ],
            host=settings.http_host,
            port=settings.http_port,
        )
        self._lock = InstanceLock(self.database, settings.instance)
        self.nursery = Nursery()
        self._session: ClientSession | None = None
        self._worker: Worker | None = None
        self._outbox: OutboxSender | None = None

    async def start(self) -> None:
        """Raises SchemaBehind, AlreadyRunning, WrongDataKey, DatabaseAway, TokenRefused,
        TelegramAPIError (it refuses WEBHOOK_URL), OSError (the port is taken). A start that failed
        has closed everything behind itself.
        """
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def _start(self) -> None:
        if await migrate.pending(self.database):
            raise SchemaBehind
        # the name and the port first: what is taken back belongs to a process that is surely gone
        await self._lock.take()
        await check_data_key(self.database, self.cipher, self.clock.now())
        load_notices()
        self.incoming.tidy()
        await self.services.erasures.replay()  # a restored copy may not know who was erased
        await self.web.start()
        await self.inbox.take_back()
        await self.queue.take_back()
        username = await self._introduce()
        failures = Failures(self.bot, self.services, self.texts)
        self._worker = Worker(
            self.inbox,
            self.database,
            self._dispatcher,
            self.bot,
            self.nursery,
            slots=self.settings.workers,
            say_failure=failures.say,
            resume_notice=failures.resume_notice,
        )
        self._outbox = OutboxSender(
            self.queue,
            self.database,
            self.bot,
            username,
            self.services,
            self.texts,
            self._limiter,
            self.nursery,
            personal_flows=self.settings.personal_flows == "on",
        )
        await self._dispatcher.emit_startup(bot=self.bot)
        self.nursery.keep(self._worker.step, name="worker")
        self.nursery.keep(self._worker.renew_step, name="leases")
        self.nursery.keep(self._outbox.step, name="outbox")
        self.nursery.keep(self._timers_step, name="timers")
        self.nursery.start(self.services.search.warm(), name="search")
        self.nursery.start(self.services.knowledge.warm(), name="knowledge")
        self.nursery.keep(self._seats_step, name="seats")
        await self._take_updates()
        log.info("started", personal_flows=self.settings.personal_flows, way=self._way)

    async def stop(self) -> None:
        """Finish what is being handled, then close everything."""
        if self._worker is not None:
            await self._worker.stop()
        if self._outbox is not None:
            await self._outbox.stop()
        await self.nursery.close()
        await self.web.stop()
        if self._session is not None:
            await self._session.close()
        await self.bot.session.close()
        await self._lock.release()
        await self.database.close()

    def desk_address(self) -> str:
        """Where staff find the desk: as the settings say, else at this process's own port."""
        return self.settings.desk_url or self.web.address

    @property
    def _way(self) -> str:
        return "webhook" if self.settings.webhook_url else "polling"

    async def _introduce(self) -> str:
        """The bot's username; waits for Telegram as long as it takes."""
        me = await insist(self.bot.me)
        await announce_commands(self.bot, self.texts)
        await self.services.staff.order_menus(menu_version())
        return me.username or ""

    async def _take_updates(self) -> None:
        if self.settings.webhook_url:
            address = urljoin(self.settings.webhook_url, PATH)
            await insist(partial(self._set_webhook, address))
            return
        await insist(self.bot.delete_webhook)
        self._session = ClientSession()
        url = self.bot.session.api.api_url(token=self.bot.token, method="getUpdates")
        self.nursery.keep(Polling(self._session, url, self.inbox).step, name="polling")

    async def _set_webhook(self, address: str) -> bool:
        return await self.bot.set_webhook(
            address, secret_token=self._webhook_secret, allowed_updates=list(KINDS)
        )

    async def _timers_step(self) -> None:
        await self._timers.run_due()
        await self.services.erasures.settle()
        await asyncio.sleep(TIMERS_EVERY_S)

    async def _seats_step(self) -> None:
        signal = self.database.signal("seats")
        signal.clear()
        await self.services.watches.tell_of_seats()
        await signal_or_pause(signal, SEATS_EVERY_S)


def build_app(
    settings: Settings,
    *,
    database_url: str | None = None,
    clock: Clock | None = None,
    chance: Chance | None = None,
) -> App:
    """Raises TokenMissing, DataKeyMissing, DataKeyMalformed."""
    return App(
        settings,
        database_url=database_url or settings.database(),
        clock=clock or SystemClock(),
        chance=chance or SystemChance(),
    )


def make_services(
    database: Database, clock: Clock, chance: Chance, cipher: Cipher, quiet: QuietHours | None
) -> Services:
    """Wire the use cases by hand."""
    return Services(
        people=People(database, clock),
        municipalities=Municipalities(database, clock),
        consents=Consents(database, clock),
        children=Children(database, clock, cipher),
        families=Families(database, clock, cipher, quiet),
        family_invitations=FamilyInvitations(database, clock, chance, cipher, quiet),
        family_recovery=FamilyRecovery(database, clock, chance, cipher, quiet),
        family_moves=FamilyMoves(database, clock, cipher),
        family_suggestions=FamilySuggestions(database, clock, cipher, quiet),
        child_records=ChildRecords(database, clock, cipher, quiet),
        child_doubles=ChildDoubles(database, clock, cipher, quiet),
        certificate_requests=CertificateRequests(database, clock, chance, cipher),
        certificate_decisions=CertificateDecisions(database, clock, cipher, quiet),
        missing_data=MissingData(database, clock, cipher, quiet),
        attaching=Attaching(database, clock, cipher),
        halting=Halting(database, clock, cipher, quiet),
        certificate_cards=CertificateCards(database, clock, chance, cipher),
        attach_tasks=AttachTasks(database, clock, cipher, quiet),
        confirmation_points=ConfirmationPoints(database, clock),
        point_visits=PointVisits(database, clock, cipher, quiet),
        paper_families=PaperFamilies(database, clock, cipher),
        join_slips=JoinSlips(database, clock),
        applications=Applications(database, clock, cipher, working_calendar()),
        application_decisions=ApplicationDecisions(database, clock, cipher, quiet),
        registry_tasks=RegistryTasks(database, clock, cipher, quiet),
        registry_differences=RegistryDifferences(database, clock, cipher, quiet),
        programmes=Programmes(database, clock),
        open_programmes=OpenProgrammes(database, clock),
        search=Search(database, clock),
        synonyms=Synonyms(database, clock),
        organisation_points=OrganisationPoints(database, clock),
        advice=Advice(database, clock),
        watches=SeatWatches(database, clock, cipher, quiet),
        staff=Staff(database, clock, chance, cipher),
        colleagues=Colleagues(database, clock, chance, cipher),
        sent_files=SentFiles(
            database,
            clock,
            ProgrammeImport(database, clock, chance),
            FamilyImport(database, clock, chance, cipher, quiet=quiet),
            KnowledgeImport(database, clock),
        ),
        bound_chats=BoundChats(database, clock, chance, cipher),
        cards=Cards(database, clock, cipher),
        reminders=Reminders(database, clock),
        my_data=MyData(database, clock, cipher),
        withdrawals=Withdrawals(database, clock, cipher),
        erasures=Erasures(database, clock, cipher),
        audit=AuditView(database, clock),
        knowledge=Knowledge(database, clock),
        knowledge_editing=KnowledgeEditing(database, clock),
        desk=open_desk(database, clock, chance, cipher, quiet),
    )


def make_dispatcher(app: App, storage: DialogueStorage) -> Dispatcher:
    """Middlewares in the order an update meets them, then routers, dialogs last but fallback."""
    dispatcher = Dispatcher(storage=storage, events_isolation=OrderedAlready())
    dispatcher["services"] = app.services
    dispatcher["settings"] = app.settings
    dispatcher["chance"] = app.chance
    dispatcher["clock"] = app.clock
    dispatcher["texts"] = app.texts
    dispatcher["incoming"] = app.incoming
    dispatcher["desk_address"] = app.desk_address
    dispatcher.update.outer_middleware(Identity(app.services, app.texts, app.settings.locale))
    dispatcher.callback_query.outer_middleware(AnswerFirst(SELF_ANSWERING))
    before, after = routers()
    dispatcher.include_routers(*before, *dialogs(), *after)
    setup_dialogs(dispatcher, message_manager=ScreenMessages(), events_isolation=OrderedAlready())
    for observer in (dispatcher.message, dispatcher.callback_query, dispatcher.errors):
        observer.middleware(ReferenceMode())
    dispatcher.callback_query.middleware(PresentScreenOnly(say_stale))
    return dispatcher
