"""The knowledge base as parents hear it and staff keep it; on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from core.db.models import AuditRecord, KnowledgeAnswer
from core.domain.actors import Actor
from core.domain.knowledge import (
    AnswerTerms,
    Audience,
    CommonEntry,
    EntryEnded,
    KnowledgeChanged,
    read_answer_text,
)
from core.domain.municipality import Regime
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import Role
from core.search.likeness.verdict import Verdict
from core.services.municipalities.municipalities import Municipalities
from core.services.questions.editing import KnowledgeEditing
from core.services.questions.importing import KnowledgeImport
from core.services.questions.knowledge import Knowledge
from core.services.questions.views import EntryView
from tests.services.knowledge_files import ENTRIES, jsonl
from tests.services.town import Town

CASH = "можно ли обналичить сертификат"
EXPEL = "какой приказ нужен чтобы отчислить ребёнка"


@pytest.fixture
async def knowledge(town: Town, tmp_path: object) -> Knowledge:
    """Common entries, as an operator has loaded them."""
    await KnowledgeImport(town.database, town.clock).run(jsonl(tmp_path, ENTRIES))
    return Knowledge(town.database, town.clock)


@pytest.fixture
def editing(town: Town) -> KnowledgeEditing:
    return KnowledgeEditing(town.database, town.clock)


async def here(town: Town, actor: Actor) -> Actor:
    """The actor with the town chosen."""
    return replace(actor, municipality_id=town.municipality.id)


async def staff(town: Town, role: Role = Role.HEAD) -> Actor:
    return await here(town, await town.staff(role))


async def answer_to(knowledge: Knowledge, actor: Actor, text: str) -> str:
    asked = await knowledge.ask(actor, text)
    assert asked.told is not None, asked
    return asked.told.answer.text


async def entry(knowledge: Knowledge, editing: KnowledgeEditing, head: Actor) -> EntryView:
    """The entry about cash, as staff see it."""
    found = await knowledge.find(head, CASH)
    return await editing.get(head, found[0].entry_id)


async def test_a_parent_hears_parents_and_an_organiser_everything(
    town: Town, knowledge: Knowledge
) -> None:
    parent = await here(town, await town.parent())
    provider = await here(town, await town.staff(Role.PROVIDER, at=town.organisation_id))

    assert "на руки" in await answer_to(knowledge, parent, CASH)
    asked = await knowledge.ask(parent, EXPEL)
    assert asked.told is None
    assert all(one.code != "o1" for one in asked.candidates)
    organisers = await knowledge.ask(provider, EXPEL)
    assert organisers.candidates[0].code == "o1"
    with pytest.raises(NotFound):
        await knowledge.answer(parent, organisers.candidates[0].entry_id)


async def test_the_most_specific_answer_is_told_while_it_holds(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head, parent = await staff(town), await here(town, await town.parent())
    one = await entry(knowledge, editing, head)
    for terms, text in (
        (AnswerTerms(regime=Regime.SOCIAL_ORDER), "другой порядок"),
        (AnswerTerms(municipality_id=town.municipality.id), "у нас никак"),
        (
            AnswerTerms(
                municipality_id=town.municipality.id,
                valid_from=date(2026, 9, 1),
                valid_until=date(2026, 9, 30),
            ),
            "в сентябре тоже никак",
        ),
    ):
        one = await editing.set_answer(
            head, one.id, version=one.version, terms=terms, text=read_answer_text(text)
        )

    assert await answer_to(knowledge, parent, CASH) == "у нас никак"
    town.clock.move(date(2026, 9, 2) - date(2026, 8, 24))
    assert await answer_to(knowledge, parent, CASH) == "в сентябре тоже никак"


async def test_two_editors_at_a_time_the_second_is_told(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head = await staff(town)
    one = await entry(knowledge, editing, head)

    async def says(text: str) -> EntryView | Exception:
        try:
            return await editing.set_answer(
                head,
                one.id,
                version=one.version,
                terms=AnswerTerms(),
                text=read_answer_text(text),
            )
        except KnowledgeChanged as refusal:
            return refusal

    both = await asyncio.gather(says("первый"), says("второй"))

    assert sorted(type(outcome).__name__ for outcome in both) == ["EntryView", "KnowledgeChanged"]
    again = await editing.get(head, one.id)
    assert again.version == 2
    repeated = await editing.set_answer(
        head, one.id, version=1, terms=AnswerTerms(), text=again.answers[0].text
    )
    assert repeated.version == 2, "what is so already is no conflict"


async def test_every_change_is_a_version_and_any_can_be_brought_back(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head, parent = await staff(town), await here(town, await town.parent())
    one = await entry(knowledge, editing, head)
    one = await editing.change_question(
        head, one.id, version=1, question="Дадут ли деньги наличными?"
    )
    assert "Можно ли обналичить сертификат?" in one.examples
    one = await editing.end(head, one.id, version=2)
    assert (await knowledge.ask(parent, CASH)).told is None
    with pytest.raises(EntryEnded):
        await editing.change_question(head, one.id, version=3, question="Иначе?")

    one = await editing.restore(head, one.id, version=3, number=1)

    assert "на руки" in await answer_to(knowledge, parent, CASH)
    versions = await editing.list_versions(head, one.id)
    assert [(version.number, version.fields) for version in versions] == [
        (4, ("question", "examples", "ended")),
        (3, ("ended",)),
        (2, ("question", "examples")),
        (1, ("added",)),
    ]
    assert versions[0].by_person == head.person_id
    assert versions[-1].by_person is None
    assert await town.actions("knowledge_entries", one.id) == [
        "knowledge.added",
        "knowledge.changed",
        "knowledge.changed",
        "knowledge.changed",
    ]


async def test_a_consultant_touches_the_own_municipality_only(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    consultant = await staff(town, Role.CONSULTANT)
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    stranger = replace(
        await town.staff(Role.CONSULTANT, municipality_id=other.id), municipality_id=other.id
    )
    one = await entry(knowledge, editing, consultant)
    assert not one.whole
    with pytest.raises(CommonEntry):
        await editing.end(consultant, one.id, version=1)
    with pytest.raises(CommonEntry):
        await editing.set_answer(
            consultant, one.id, version=1, terms=AnswerTerms(), text=read_answer_text("Да")
        )
    one = await editing.add_examples(consultant, one.id, ["кэш с серта"])
    one = await editing.set_answer(
        consultant,
        one.id,
        version=one.version,
        terms=AnswerTerms(municipality_id=town.municipality.id),
        text=read_answer_text("Позвоните: {centre_phone}"),
    )
    own = await editing.add(
        consultant, question="Есть ли хор?", answer=read_answer_text("Есть."), key="k"
    )
    assert own.whole

    with pytest.raises(NotFound):
        await editing.end(stranger, own.id, version=1)
    with pytest.raises(NotAllowed):
        await editing.get(await here(town, await town.parent()), one.id)
    with pytest.raises(NotAllowed):
        await editing.get(await here(town, stranger), one.id)
    elsewhere = replace(await town.parent(), municipality_id=other.id)
    assert "на руки" in await answer_to(knowledge, elsewhere, CASH)
    assert (await knowledge.look(elsewhere, "есть ли хор")).told is None
    assert await town.doctor.examine() == []


async def test_without_an_answer_an_entry_is_not_told(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head = await staff(town)
    one = await entry(knowledge, editing, head)

    one = await editing.end_answer(head, one.id, version=1, answer_id=one.answers[0].id)

    assert one.ended
    assert await town.doctor.examine() == []


async def test_the_same_key_adds_once(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head = await staff(town)
    text = read_answer_text("Есть.")
    first = await editing.add(head, question="Есть ли хор?", answer=text, key="once")
    second = await editing.add(head, question="Есть ли хор?", answer=text, key="once")

    assert first == second


async def test_what_has_no_answer_is_noted_without_anybody_in_it_and_taught(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head, parent = await staff(town), await here(town, await town.parent())
    for text in (
        "как устроить Алису Петрову на дельтаплан, тел 8 918 123-45-67",
        "Как устроить Алису Петрову на дельтаплан, тел 8 918 123-45-67",
        "спасибо",
        "какая завтра погода",
    ):
        assert (await knowledge.ask(parent, text)).verdict is Verdict.PERSON

    (miss,) = await editing.list_misses(head)
    assert miss.text == "как устроить … … на дельтаплан, тел …"
    assert miss.times == 2

    await editing.add(
        head,
        question="Где учат летать на дельтаплане?",
        answer=read_answer_text("Пока нигде."),
        key="new",
        audience=Audience.PARENTS,
        miss_id=miss.id,
    )
    assert await editing.list_misses(head) == []
    assert await answer_to(knowledge, parent, "как устроить на дельтаплан, тел") == "Пока нигде."


async def test_no_personal_value_gets_into_the_audit(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing
) -> None:
    head = await staff(town)
    one = await entry(knowledge, editing, head)
    await editing.add_examples(head, one.id, ["а Маше Ивановой дадут деньги?"])

    async with town.database.read() as tx:
        details = (await tx.scalars(select(AuditRecord.details))).all()
        answers = await tx.scalar(select(func.count()).select_from(KnowledgeAnswer))
    assert "Маше" not in str(details)
    assert answers == len(ENTRIES)


@pytest.mark.parametrize(
    "text",
    [
        "хочу повеситься на дельтаплане",
        "муж дочку увёз на дельтаплан",
        "как защитить сына от насилия на дельтаплане",
    ],
)
async def test_what_may_be_a_cry_for_help_never_lies_among_unanswered_questions(
    town: Town, knowledge: Knowledge, editing: KnowledgeEditing, text: str
) -> None:
    parent = await here(town, await town.parent())

    await knowledge.ask(parent, text)
    await knowledge.note(parent, text, nearest_id=None)

    assert await editing.list_misses(await staff(town)) == []


async def test_a_link_names_an_entry_in_small_letters_or_great(
    town: Town, knowledge: Knowledge
) -> None:
    parent = await here(town, await town.parent())

    assert await knowledge.answer_named(parent, "Q1") == await knowledge.answer_named(parent, "q1")
