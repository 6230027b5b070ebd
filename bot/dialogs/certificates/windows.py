"""Windows about the certificate: looking, and the form of a request."""

from __future__ import annotations

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.attaching.states import AttachForm
from bot.dialogs.certificates import actions, form, getters, near
from bot.dialogs.certificates.card import replace_link, send_card
from bot.dialogs.certificates.states import CertificateForm, Certificates
from bot.dialogs.consents.actions import start_of
from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.search.states import Search
from bot.dialogs.widgets import Ready, T


def dialogs() -> list[Dialog]:
    return [_looking(), _asking()]


def _looking() -> Dialog:
    return Dialog(
        screen(
            T("certificate-about", when="nobody"),
            T("certificate-choose-child", when="somebody"),
            rows("child", Certificates.start, "children", actions.choose_child),
            page_turns(Certificates.start),
            button("attach", Certificates.start, opening(AttachForm.number)),
            button("add-child", Certificates.start, actions.add_child),
            state=Certificates.start,
            getter=getters.start,
            ear=Ear(expects="expects-child"),
        ),
        screen(
            Ready("text"),
            button("request-certificate", Certificates.status, actions.request, when="may_request"),
            button("certificate-card", Certificates.status, send_card, when="active"),
            button("answer-need", Certificates.status, actions.answer_need, when="needs_data"),
            button("attach", Certificates.status, opening(AttachForm.number), when="may_request"),
            button("reopen", Certificates.status, actions.reopen, when="may_reopen"),
            button("places", Certificates.status, switch(Certificates.places), when="awaits_visit"),
            button("show-number", Certificates.status, actions.show_number, when="has_number"),
            button("find", Certificates.status, opening(Search.ask), when="active"),
            button("ask", Certificates.status, actions.ask),
            state=Certificates.status,
            getter=getters.status,
            back=actions.back_from_status,
            ear=Ear(expects="expects-buttons", yes=_request_if_asked),
        ),
        screen(
            Ready("text", when="known"),
            T("places-unknown", when="unknown"),
            button("ask", Certificates.places, actions.ask),
            state=Certificates.places,
            getter=getters.places,
            back=switch(Certificates.status),
            ear=Ear(expects="expects-buttons", location=near.take_location),
        ),
        screen(
            Ready("text"),
            button("replace-link", Certificates.number, replace_link),
            button("find", Certificates.number, opening(Search.ask)),
            state=Certificates.number,
            getter=getters.number,
            back=switch(Certificates.status),
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(actions.begin),
        on_process_result=actions.after_form,
    )


def _asking() -> Dialog:
    return Dialog(
        screen(
            T("certificate-snils", "first"),
            button("no-snils", CertificateForm.snils, form.no_snils),
            state=CertificateForm.snils,
            getter=getters.form,
            back=form.back_from_snils,
            ear=Ear(
                expects="expects-snils",
                text=form.take_snils,
                no=form.no_snils_by_word,
                takes=frozenset({Document.SNILS}),
            ),
        ),
        screen(
            T("certificate-phone"),
            button("no-phone", CertificateForm.phone, form.no_phone),
            state=CertificateForm.phone,
            getter=getters.form,
            back=form.back_from_phone,
            ear=Ear(
                expects="expects-phone",
                text=form.take_phone,
                contact=form.take_contact,
                no=form.no_phone_by_word,
                takes=frozenset(Document),  # a phone may look like either
            ),
        ),
        screen(
            T("certificate-check", "name", "born", "snils", "phone"),
            button("send-request", CertificateForm.check, form.confirm),
            Row(
                button("edit-snils", CertificateForm.check, form.edit_snils),
                button("edit-phone", CertificateForm.check, form.edit_phone),
            ),
            button("drop-form", CertificateForm.check, form.drop),
            state=CertificateForm.check,
            getter=getters.form,
            back=form.edit_phone,
            ear=Ear(expects="expects-check", yes=form.confirm_by_word, no=form.edit_by_word),
        ),
        screen(
            Ready("text"),
            button("places", CertificateForm.receipt, actions.leave_for_places),
            button("mailings", CertificateForm.receipt, form.ask_mailings, when="may_ask_mailings"),
            button("find", CertificateForm.receipt, opening(Search.ask, anew=True)),
            state=CertificateForm.receipt,
            getter=getters.receipt,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            Ready("text"),
            button(
                "open-certificate", CertificateForm.refused, _open_earlier, when="has_certificate"
            ),
            button("find", CertificateForm.refused, opening(Search.ask)),
            button("ask", CertificateForm.refused, actions.ask),
            state=CertificateForm.refused,
            getter=getters.refused,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(form.begin),
    )


async def _request_if_asked(manager: DialogManager) -> None:
    """«Yes» under the words that offer a request."""
    shown = await getters.status(**manager.middleware_data)
    if shown["may_reopen"]:
        await actions.reopen_by_word(manager)
    elif shown["may_request"]:
        await actions.request_by_word(manager)


async def _open_earlier(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The certificate or request that stands already."""
    child_id = start_of(manager)[actions.CHILD]
    await manager.start(Certificates.status, data={actions.CHILD: child_id})
