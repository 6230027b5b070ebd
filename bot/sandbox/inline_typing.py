"""Typing after the bot's name in any chat, and sending what it offers."""

from dataclasses import asdict

from bot.sandbox.presence import Impossible, Presence
from bot.sandbox.rendering import user_json
from bot.sandbox.telegram import INLINE
from bot.sandbox.world import Fields, InlineQuery

QUERY_LENGTH = 256
KEPT_QUERIES = 1000


class InlineTyping(Presence):
    """The part of people's doings that needs no chat with the bot."""

    def ask_inline(self, user_id: int, query: str, offset: str = "") -> Fields:
        """Type ``query`` after the bot's name; the answer comes to ``inline_answer``."""
        now = self.telegram.now()
        number = str(3_000_000_000_000_000_000 + self.world.serial())
        asked = InlineQuery(id=number, user_id=user_id, query=query[:QUERY_LENGTH], asked_at=now)
        queries = self.world.inline_queries
        queries[number] = asked
        if len(queries) > KEPT_QUERIES:
            del queries[next(iter(queries))]
        body: Fields = {
            "id": number,
            "from": user_json(self._user(user_id)),
            "query": asked.query,
            "offset": offset,
            "chat_type": "private",
        }
        expires_at = now + self.telegram.limits.inline_in_queue
        update = self.telegram.updates.push("inline_query", body, user_id + INLINE, expires_at)
        return {"inline_query_id": number, "update_id": update.id if update else None}

    def inline_answer(self, inline_query_id: str) -> Fields:
        """The query with the bot's ``results``: null until the bot has answered."""
        return asdict(self.world.inline_queries[inline_query_id])

    def choose_inline(
        self, user_id: int, inline_query_id: str, result_id: str, chat_id: int
    ) -> Fields:
        """Send one of the results into a chat, «via» the bot."""
        results = self.world.inline_queries[inline_query_id].results or []
        chosen = next((item for item in results if str(item["id"]) == result_id), None)
        if chosen is None:
            raise Impossible(f"the bot offered no result {result_id!r}")
        chat = self._enter(user_id, chat_id)
        message = self.telegram.new_message(
            chat,
            content=dict(chosen["content"]),
            sender_id=user_id,
            markup=chosen["markup"],
            keyboard="inline" if chosen["markup"] else "none",
        )
        message.via_bot = True
        return self._tell(message)
