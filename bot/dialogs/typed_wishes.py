"""What words typed without a window that waits for them are: a question, or a club looked for.

A greeting or thanks gets a short word where the person is. A question: it begins as questions do
and the knowledge base is sure of it, or it names nothing that the registry has; «шахматы по
субботам», «хочу на шахматы», «сколько стоят шахматы» are wishes. What neither the base nor the
registry knows stays a wish: the search says what is nearest.
"""

from __future__ import annotations

from enum import StrEnum

from aiogram_dialog import DialogManager

from bot.dialogs.answers import Way, read_way
from bot.dialogs.given import Given, given
from bot.dialogs.questions.actions import aside, interrupts, take_question
from bot.dialogs.questions.states import Questions
from bot.dialogs.search.states import Search
from bot.dialogs.stack import go_back, go_home
from bot.dialogs.widgets import hint
from core.domain.knowledge import masked
from core.domain.wishes import Understood, WishKind
from core.search.likeness.reading import asks_of_a_club, begins_as_question, is_activity
from core.search.likeness.verdict import Verdict
from core.services.questions.views import Asked

_NAMED = frozenset(
    {
        WishKind.AGE,
        WishKind.DAY,
        WishKind.AFTER,
        WishKind.BEFORE,
        WishKind.PLACE,
        WishKind.DIRECTION,
        WishKind.PRICE_UP_TO,
    }
)
"""Wishes that questions hardly ever name."""


class Typed(StrEnum):
    QUESTION = "question"
    SEARCH = "search"


async def take_typed(manager: DialogManager, text: str) -> None:
    """Answer, search, or go where the words say."""
    way = read_way(text)
    if way is not None:
        await (go_back if way is Way.BACK else go_home)(manager)
        return
    surroundings = given(manager)
    asked = await surroundings.services.knowledge.look(surroundings.actor, text)
    if asked.courtesy and not await _is_a_wish_alone(surroundings, text):
        hint(manager, surroundings.speech.say(aside(asked)))
    elif not asked.courtesy and await route(surroundings, text, asked) is Typed.QUESTION:
        await manager.start(Questions.ask, data={"text": masked(text)})
    else:
        await manager.start(Search.results, data={"text": text})


async def take_typed_question(manager: DialogManager, text: str) -> bool:
    """Words that end with a question mark, where no form is open: «есть шахматы?» is a wish."""
    await take_typed(manager, text)
    return True


async def take_while_asking(manager: DialogManager, text: str) -> None:
    """Words typed where a question is waited for: what the knowledge base knows nothing of, and
    the registry has, is looked for."""
    surroundings = given(manager)
    asked = await surroundings.services.knowledge.look(surroundings.actor, text)
    unknown = asked.verdict is Verdict.PERSON and not (asked.courtesy or asked.foreign)
    if (unknown or is_activity(text)) and not interrupts(manager):
        wished = await surroundings.services.search.understand(
            text, surroundings.actor.municipality_id
        )
        if await _finds(surroundings, wished):
            await manager.start(Search.results, data={"text": text})
            return
    await take_question(manager, text)


async def take_question_while_asking(manager: DialogManager, text: str) -> bool:
    """The same for a text that ends as questions do."""
    await take_while_asking(manager, text)
    return True


async def route(surroundings: Given, text: str, asked: Asked) -> Typed:
    """`asked`: what the knowledge base says to `text`."""
    begins = begins_as_question(text)
    if is_activity(text) or (asked.verdict is Verdict.PERSON and not begins):
        return Typed.SEARCH
    wished = await surroundings.services.search.understand(text, surroundings.actor.municipality_id)
    named = any(wish.kind in _NAMED for wish in wished.wishes)
    sure = asked.verdict is Verdict.ANSWER and begins
    if sure and not asks_of_a_club(text):
        return Typed.QUESTION
    if (named and not begins) or await _finds(surroundings, wished):
        return Typed.SEARCH
    return Typed.QUESTION


async def _is_a_wish_alone(surroundings: Given, text: str) -> bool:
    """«Вечером» is no greeting, though «добрый вечер» is."""
    if len(text.split()) > 1:
        return False
    wished = await surroundings.services.search.understand(text, surroundings.actor.municipality_id)
    return any(wish.kind in _NAMED for wish in wished.wishes)


async def _finds(surroundings: Given, wished: Understood) -> bool:
    """Whether some club is all that was wished, its name or its ages too."""
    if not any(wish.kind is WishKind.WORDS or wish.kind in _NAMED for wish in wished.wishes):
        return False
    found = await surroundings.services.search.look(
        wished, municipality_id=surroundings.actor.municipality_id, limit=1
    )
    return bool(found.items) and not found.widened
