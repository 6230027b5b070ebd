"""Who waits for the world to move: tests and the chat page, instead of sleeping.

Every change gets the next number; a chat remembers the number of its last change. Waiting is
always «after number N», so nothing that happened between two looks is missed.
"""

import asyncio


class Changes:
    """Numbers of changes by chat; chat 0 stands for what belongs to no chat (the journal)."""

    def __init__(self) -> None:
        self.number = 0
        self.by_chat: dict[int, int] = {}
        # Waiters by what they wait for: one chat, or anything (None). A change wakes its own only,
        # so a thousand people waiting for their answers do not wake one another.
        self._waiting: dict[int | None, asyncio.Event] = {}

    def touch(self, chat_id: int = 0) -> int:
        self.number += 1
        self.by_chat[chat_id] = self.number
        for subject in (chat_id, None):
            moved = self._waiting.pop(subject, None)
            if moved is not None:
                moved.set()
        return self.number

    def since(self, number: int) -> list[int]:
        """The chats that changed after ``number``."""
        return [chat_id for chat_id, last in self.by_chat.items() if last > number]

    async def wait(self, after: int, seconds: float, chat_id: int | None = None) -> int:
        """Wait for a change after ``after`` (of one chat, if given) and give the present number.

        Returns at once when there was one already; returns after ``seconds`` at the latest.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not self._passed(after, chat_id):
            moved = self._waiting.setdefault(chat_id, asyncio.Event())
            try:
                await asyncio.wait_for(moved.wait(), deadline - loop.time())
            except TimeoutError:
                break
        return self.number

    def _passed(self, after: int, chat_id: int | None) -> bool:
        last = self.number if chat_id is None else self.by_chat.get(chat_id, 0)
        return last > after
