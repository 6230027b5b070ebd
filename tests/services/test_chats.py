"""Chats staff bind, the topics and cards ordered for them, and who may press a card."""

from __future__ import annotations

import asyncio

import pytest

from core.db.engine import Database
from core.db.models import Certificate, Person
from core.domain.refusals import NotFound
from core.domain.staff import (
    CardSubject,
    ChatBoundElsewhere,
    ChatCodeInvalid,
    ChatPurpose,
    Role,
)
from core.services.chats.cards import PrivateChatClosed
from core.services.chats.steps import (
    CardRef,
    card_gone,
    card_placed,
    moderation_chats,
    topic_gone,
    topics_refused,
)
from tests.services.staff_scene import CHAT, DAY, Scene, open_scene


@pytest.fixture
def scene(database: Database) -> Scene:
    return open_scene(database)


async def test_a_consultant_binds_a_forum_and_its_topics_are_ordered(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    anna = await scene.person(1)
    await scene.holds(anna, Role.CONSULTANT, "krylovsky")
    bound = await scene.bound(anna, "krylovsky")
    async with scene.database.read() as tx:
        assert [chat.id for chat in await moderation_chats(tx, municipality_id)] == [bound.id]
    orders = await scene.told("topic.open")
    subjects = [
        topic.subject
        for order in orders
        if (topic := await scene.cards.find_topic_to_open(order["params"]["entity_id"]))
    ]
    assert subjects == [CardSubject.CERTIFICATES, CardSubject.APPLICATIONS]
    assert {order["bound_chat_id"] for order in orders} == {bound.id}
    [record] = await scene.audited("chat.bound")
    assert record["actor"] == anna.mark


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_plain_group_gets_no_topics(scene: Scene, kind: str) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    await scene.holds(anna, Role.HEAD, "krylovsky")
    await scene.bound(anna, "krylovsky", kind=kind)
    assert await scene.told("topic.open") == []


async def test_what_waited_before_the_chat_was_bound_gets_its_card(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    anna, parent = await scene.person(1), await scene.person(2)
    await scene.holds(anna, Role.HEAD, "krylovsky")
    waiting = await scene.certificate(municipality_id, parent)
    decided = await scene.certificate(municipality_id, parent, "decided")
    await scene.change(Certificate, decided, state="refused")
    application = await scene.application(
        municipality_id, await scene.organisation(municipality_id), parent
    )
    await scene.bound(anna, "krylovsky")
    cards = [
        (row["kind"], row["params"]["entity_id"])
        for row in await scene.told()
        if row["kind"].startswith("card.")
    ]
    assert cards == [("card.certificate", waiting), ("card.application", application)]


async def test_binding_again_by_the_same_code_changes_nothing(scene: Scene) -> None:
    await scene.municipality()
    anna = await scene.person(1)
    await scene.holds(anna, Role.HEAD, "krylovsky")
    made = await scene.chats.make_code(ChatPurpose.MODERATION, "krylovsky")

    async def bind() -> int:
        view = await scene.chats.bind(
            anna, made.code, messenger="telegram", chat_id=CHAT, kind="forum"
        )
        return view.id

    ids = set(await asyncio.gather(*(bind() for _ in range(4))))
    scene.clock.move(30 * DAY)
    ids.add(await bind())
    assert len(ids) == 1
    assert len(await scene.told("topic.open")) == 2
    assert len(await scene.audited("chat.bound")) == 1


async def test_bad_codes_and_strangers_get_the_same_answer(scene: Scene) -> None:
    await scene.municipality()
    await scene.municipality("other")
    head, stranger, foreign = [await scene.person(number) for number in (1, 2, 3)]
    provider = await scene.person(4)
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(foreign, Role.HEAD, "other")
    await scene.holds(provider, Role.OPERATOR, "krylovsky")
    used = await scene.chats.make_code(ChatPurpose.MODERATION, "krylovsky")
    await scene.chats.bind(head, used.code, messenger="telegram", chat_id=CHAT, kind="forum")
    fresh = await scene.chats.make_code(ChatPurpose.MODERATION, "krylovsky")
    tries = [
        (head, used.code),
        (head, "unknown-code-of-24-signs"),
        (head, "<b>"),
        (stranger, fresh.code),
        (foreign, fresh.code),
        (provider, fresh.code),
    ]
    answers = set()
    for actor, code in tries:
        with pytest.raises(ChatCodeInvalid) as refused:
            await scene.chats.bind(actor, code, messenger="telegram", chat_id=-2002, kind="forum")
        answers.add(str(refused.value))
    assert answers == {"chat-code-invalid"}
    scene.clock.move(7 * DAY)
    with pytest.raises(ChatCodeInvalid):
        await scene.chats.bind(head, fresh.code, messenger="telegram", chat_id=-2002, kind="forum")
    assert [chat.chat_id for chat in await scene.chats.list_all()] == [CHAT]


async def test_another_municipality_cannot_take_a_bound_chat_over(scene: Scene) -> None:
    await scene.municipality()
    await scene.municipality("other")
    head, foreign = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(foreign, Role.HEAD, "other")
    await scene.bound(head, "krylovsky")
    with pytest.raises(ChatBoundElsewhere):
        await scene.bound(foreign, "other")


async def test_a_group_that_moved_takes_its_cards_along(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    certificate_id = await scene.certificate(municipality_id, parent)
    bound = await scene.bound(head, "krylovsky", kind="group")
    card = CardRef(
        subject=CardSubject.CERTIFICATES, subject_id=certificate_id, bound_chat_id=bound.id
    )
    async with scene.database.write() as tx:
        await card_placed(tx, card, 77)
    assert await scene.cards.placed(card.subject, certificate_id, bound.id) is not None
    for _ in range(3):
        await scene.chats.moved("telegram", CHAT, -100500)
    assert await scene.cards.placed(card.subject, certificate_id, bound.id) is None
    [view] = await scene.chats.list_all()
    assert (view.id, view.chat_id, view.kind) == (bound.id, -100500, "supergroup")
    [again] = await scene.told("card.certificate.again")
    assert again["params"]["entity_id"] == certificate_id
    await scene.cards.check_press(
        head, card.subject, certificate_id, messenger="telegram", chat_id=-100500
    )
    with pytest.raises(NotFound):
        await scene.cards.check_press(
            head, card.subject, certificate_id, messenger="telegram", chat_id=CHAT
        )


async def test_a_chat_the_bot_has_left_is_bound_no_more(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    head = await scene.person(1)
    await scene.holds(head, Role.HEAD, "krylovsky")
    bound = await scene.bound(head, "krylovsky")
    await scene.chats.left("telegram", CHAT)
    await scene.chats.left("telegram", CHAT)
    async with scene.database.read() as tx:
        assert await moderation_chats(tx, municipality_id) == []
    assert await scene.cards.find_place(CardSubject.CERTIFICATES, 1, bound.id) is None
    assert len(await scene.audited("chat.unbound")) == 1
    anew = await scene.bound(head, "krylovsky")
    assert anew.id != bound.id


async def test_a_lost_topic_is_made_again_and_its_card_follows(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    certificate_id = await scene.certificate(municipality_id, parent)
    bound = await scene.bound(head, "krylovsky")

    async def place() -> tuple[bool, int | None]:
        found = await scene.cards.find_place(CardSubject.CERTIFICATES, certificate_id, bound.id)
        assert found is not None
        return found.lacks_topic, found.thread_id

    assert await place() == (True, None)
    lacking = await scene.cards.find_place(CardSubject.CERTIFICATES, certificate_id, bound.id)
    assert lacking is not None
    assert lacking.topic_id is not None
    async with scene.database.write() as tx:
        await scene.cards.topic_opened_for(tx, lacking, 5)
    assert await place() == (False, 5)
    assert len(await scene.told("card.certificate.again")) == 1
    async with scene.database.write() as tx:
        await topic_gone(tx, lacking.topic_id, 4)
    assert await place() == (False, 5), "an older loss is no loss of this topic"
    async with scene.database.write() as tx:
        await topic_gone(tx, lacking.topic_id, 5)
    assert await place() == (True, None)


async def test_a_forum_that_refuses_topics_is_spoken_to_as_a_plain_group(
    scene: Scene,
) -> None:
    await scene.municipality()
    head = await scene.person(1)
    await scene.holds(head, Role.HEAD, "krylovsky")
    bound = await scene.bound(head, "krylovsky")
    async with scene.database.write() as tx:
        await topics_refused(tx, bound.id)
    found = await scene.cards.find_place(CardSubject.CERTIFICATES, 1, bound.id)
    assert found is not None
    assert not found.lacks_topic
    assert await scene.chat_kind(bound.id) == "supergroup"


async def test_a_card_whose_message_is_gone_is_sent_as_a_new_one(scene: Scene) -> None:
    await scene.municipality()
    head = await scene.person(1)
    await scene.holds(head, Role.HEAD, "krylovsky")
    bound = await scene.bound(head, "krylovsky")
    card = CardRef(subject=CardSubject.APPLICATIONS, subject_id=9, bound_chat_id=bound.id)
    for message_id in (11, 12):
        async with scene.database.write() as tx:
            await card_placed(tx, card, message_id)
    async with scene.database.write() as tx:
        await card_gone(tx, card, 11)
    placed = await scene.cards.placed(card.subject, 9, bound.id)
    assert placed is not None
    assert placed.message_id == 12
    async with scene.database.write() as tx:
        await card_gone(tx, card, 12)
    assert await scene.cards.placed(card.subject, 9, bound.id) is None


async def test_foreign_and_absent_cards_look_the_same(scene: Scene) -> None:
    here, there = await scene.municipality(), await scene.municipality("other")
    head, foreign, parent = [await scene.person(number) for number in (1, 2, 3)]
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(foreign, Role.HEAD, "other")
    await scene.bound(head, "krylovsky")
    await scene.bound(foreign, "other", chat_id=-3003)
    own = await scene.certificate(here, parent)
    await scene.certificate(there, parent, "there")
    answers = set()
    for actor, subject_id, chat_id in (
        (foreign, own, CHAT),  # another municipality's head
        (foreign, own, -3003),  # … forging the id in his own chat
        (parent, own, CHAT),  # the child's own parent
        (head, own + 1, CHAT),
        (head, own - 1, CHAT),
        (head, 999_999, CHAT),
        (head, own, -4004),  # a chat nobody bound
    ):
        with pytest.raises(NotFound) as refused:
            await scene.cards.check_press(
                actor,
                CardSubject.CERTIFICATES,
                subject_id,
                messenger="telegram",
                chat_id=chat_id,
            )
        answers.add(str(refused.value))
    assert answers == {"not-found"}
    await scene.cards.check_press(
        head, CardSubject.CERTIFICATES, own, messenger="telegram", chat_id=CHAT
    )


async def test_opening_sends_the_details_to_the_one_who_pressed_and_is_noted(
    scene: Scene,
) -> None:
    municipality_id = await scene.municipality()
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    certificate_id = await scene.certificate(municipality_id, parent)
    for tap in ("tap-1", "tap-1", "tap-2"):
        await scene.cards.look(head, CardSubject.CERTIFICATES, certificate_id, tap=tap)
    orders = await scene.told("details.certificate")
    assert [order["person_id"] for order in orders] == [head.person_id] * 2
    assert set(orders[0]["params"]) == {"entity", "entity_id", "version"}
    [look] = await scene.audited("certificate.opened")
    assert (look["actor"], look["entity_id"]) == (head.mark, certificate_id)
    with pytest.raises(NotFound):
        await scene.cards.look(parent, CardSubject.CERTIFICATES, certificate_id, tap="tap-3")
    assert len(await scene.told("details.certificate")) == 2


async def test_who_stopped_the_bot_is_told_so_and_nothing_is_ordered(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    certificate_id = await scene.certificate(municipality_id, parent)
    await scene.change(Person, head.person_id, blocked_at=scene.clock.now())
    with pytest.raises(PrivateChatClosed):
        await scene.cards.look(head, CardSubject.CERTIFICATES, certificate_id, tap="1")
    with pytest.raises(PrivateChatClosed):
        await scene.cards.ask_reason(
            head, CardSubject.CERTIFICATES, certificate_id, version=1, tap="1"
        )
    assert await scene.told() == []
    assert await scene.audited("certificate.opened") == []


async def test_a_provider_opens_its_own_applications_only(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    own = await scene.organisation(municipality_id)
    other = await scene.organisation(municipality_id, "Школа")
    provider, parent = await scene.person(1), await scene.person(2)
    await scene.holds(provider, Role.PROVIDER, "krylovsky", own)
    mine = await scene.application(municipality_id, own, parent, "mine")
    theirs = await scene.application(municipality_id, other, parent, "theirs")
    await scene.cards.check_right(provider, CardSubject.APPLICATIONS, mine)
    with pytest.raises(NotFound):
        await scene.cards.check_right(provider, CardSubject.APPLICATIONS, theirs)
