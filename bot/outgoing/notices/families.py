"""What a family hears about itself, and staff chats about a family: never a name in a chat."""

from __future__ import annotations

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardButton

from bot.outgoing.notices import Operation, Order, notice
from bot.views.notices import (
    OpenCertificate,
    OpenContacts,
    OpenFamily,
    OpenFamilyMembers,
    OpenSuggested,
    button,
    keyboard,
)
from core.domain.actors import Actor
from core.domain.family_records import ChangeState
from core.domain.refusals import NotFound, Refusal


@notice("family.joined")
async def family_joined(order: Order) -> Operation | None:
    """Nothing when the inviter is no guardian there any more."""
    reader = _reader(order)
    if reader is None:
        return None
    joined = await order.services.family_invitations.find_joined(reader.person_id, order.entity_id)
    if joined is None:
        return None
    text = order.speech.say(
        "notice-family-joined",
        names=", ".join(name.first for name in joined.children),
        role=joined.role.value,
    )
    data = OpenFamilyMembers(child_id=joined.child_ids[0])
    return _said(order, text, button(order.speech, "family-more", data))


@notice("family.ended")
async def family_ended(order: Order) -> Operation:
    """To whoever was shown out; the child is not theirs to read of any more."""
    text = order.speech.say("notice-family-ended")
    return _said(order, text, button(order.speech, "ask", OpenContacts()))


@notice("family.recovered")
async def family_recovered(order: Order) -> Operation:
    """To the old account."""
    text = order.speech.say("notice-family-recovered")
    return _said(order, text, button(order.speech, "ask", OpenContacts()))


@notice("child.five")
async def child_five(order: Order) -> Operation | None:
    """The record is ready: one tap is left."""
    reader = _reader(order)
    if reader is None:
        return None
    try:
        child = await order.services.children.get_mine(reader, order.entity_id)
    except NotFound:
        return None
    text = order.speech.say("notice-child-five", first=child.name.first)
    data = OpenCertificate(child_id=child.id)
    return _said(order, text, button(order.speech, "request-certificate", data))


@notice("child.change_decided")
async def change_decided(order: Order) -> Operation | None:
    """To whoever asked, while they see the child."""
    reader = _reader(order)
    if reader is None:
        return None
    try:
        change = await order.services.child_records.get_mine(reader, order.entity_id)
    except NotFound:
        return None
    if change.state not in (ChangeState.ACCEPTED, ChangeState.REFUSED):
        return None
    text = order.speech.say(
        "notice-child-change", first=change.child_name.first, state=change.state.value
    )
    return _said(
        order,
        text,
        button(order.speech, "family", OpenFamily()),
        button(order.speech, "ask", OpenContacts()),
    )


@notice("child.merged")
async def child_merged(order: Order) -> Operation | None:
    """To the guardians of the record that went into another one."""
    reader = _reader(order)
    if reader is None:
        return None
    child_id = await order.services.child_doubles.merged_into(reader.person_id, order.entity_id)
    if child_id is None:
        return None
    child = await order.services.children.get_mine(reader, child_id)
    certificate = await order.services.certificate_requests.of_child(reader, child_id)
    tail = certificate.number_tail if certificate is not None else None
    text = order.speech.say("notice-child-merged", first=child.name.first, tail=tail or "none")
    data = OpenCertificate(child_id=child_id)
    return _said(order, text, button(order.speech, "open-certificate", data))


@notice("application.suggested")
async def application_suggested(order: Order) -> Operation | None:
    """To each guardian; nothing when the child cannot join any more."""
    reader = _reader(order)
    if reader is None:
        return None
    group_id = int(order.params["group_id"])
    try:
        child = await order.services.children.get_mine(reader, order.entity_id)
        weighing = await order.services.applications.weigh(reader, child.id, group_id)
    except Refusal:
        return None
    text = order.speech.say(
        "notice-application-suggested",
        first=child.name.first,
        title=weighing.programme_title,
        group=weighing.group_name,
    )
    data = OpenSuggested(child_id=child.id, group_id=group_id)
    return _said(
        order,
        text,
        button(order.speech, "look-and-apply", data),
        button(order.speech, "family", OpenFamily()),
    )


@notice("child.change_requested")
async def change_requested(order: Order) -> Operation:
    """To the staff chat: a number and where to look."""
    return _said(order, order.speech.say("notice-change-requested", number=str(order.entity_id)))


@notice("certificate.moved")
async def certificate_moved(order: Order) -> Operation:
    """To the staff chats of both places."""
    places = order.services.municipalities
    left = await places.get(int(order.params["from"]))
    there = await places.get(int(order.params["to"]))
    text = order.speech.say(
        "notice-certificate-moved",
        number=str(order.entity_id),
        left=left.name,
        there=there.name,
    )
    return _said(order, text)


def _reader(order: Order) -> Actor | None:
    if order.recipient.person_id is None:
        return None
    return Actor(
        person_id=order.recipient.person_id, locale=order.speech.locale, municipality_id=None
    )


def _said(order: Order, text: str, *buttons: InlineKeyboardButton) -> Operation:
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=text,
            reply_markup=keyboard(*buttons) if buttons else None,
        )
    )
