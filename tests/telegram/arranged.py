"""The world in which refusals.toml is replayed: one of everything Telegram refuses."""

from typing import Any

from bot.sandbox.pictures import png
from bot.sandbox.refusals import Refusal
from bot.sandbox.server import Sandbox
from bot.sandbox.wire import Params, Upload, from_json

BIG = 20 * 1024 * 1024 + 1


class Arranged:
    """Names used in refusals.toml → ids; every message and group is made by ordinary means."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.people = sandbox.people
        self.names: dict[str, Any] = {}

    async def build(self) -> None:
        self._people()
        self._groups()
        await self._messages()
        await self._files()
        self._taps()
        # Everybody has been silent long enough, all budgets are full.
        self.sandbox.telegram.limiter.forget()

    async def method(self, name: str, files: dict[str, Upload] | None = None, **params: Any) -> Any:
        given = Params(from_json(params).values, files)
        document = await self.sandbox.run_json(name, given)
        if not document["ok"]:
            raise Refusal(document["error_code"], document["description"])
        # Arranging is not what the budgets are for.
        self.sandbox.telegram.limiter.forget()
        return document["result"]

    def _people(self) -> None:
        for name in ("anna", "stranger", "blocker", "deleted"):
            self.names[name] = self.people.create_user(name.title())["id"]
            if name != "stranger":
                self.people.start(self.names[name])
        self.people.block(self.names["blocker"])
        self.people.deactivate(self.names["deleted"])
        self.names["other_bot"] = self.people.create_user("Other", is_bot=True)["id"]

    def _group(self, name: str, **fields: Any) -> int:
        made = self.people.create_group(name, self.names["anna"], **fields)["id"]
        self.names[name] = made
        return int(made)

    def _groups(self) -> None:
        for kind in ("group", "supergroup", "channel"):
            for status in ("kicked", "left"):
                chat = self._group(f"{status}_{kind}", kind=kind)
                self.people.set_member(chat, self.sandbox.telegram.world.bot.id, status)
        moved = self._group("moved_group", kind="group")
        self.names["moved_to"] = self.people.migrate(moved)["id"]
        self._group("forum", forum=True)
        self._group("weak_forum", forum=True, bot_rights={"can_manage_topics": False})
        self._group("plain_supergroup", bot="member")
        muted = self._group("muted_supergroup", bot="member")
        self.people.set_permissions(muted, {"can_send_messages": False, "can_send_photos": False})
        self._group("channel", kind="channel", bot="member")
        barred = ("photos", "videos", "video_notes", "voice_notes", "audios", "polls")
        quiet = self._group("quiet_supergroup", bot="member")
        self.people.set_permissions(
            quiet, {f"can_send_{kind}": False for kind in (*barred, "other_messages")}
        )
        anna = self.names["anna"]
        self.names["topic"] = self.people.make_topic(anna, self.names["forum"], "Вопрос")
        weak = self.names["weak_forum"]
        self.names["closed_topic"] = self.people.make_topic(anna, weak, "Старое")
        self.people.close_topic(weak, self.names["closed_topic"])
        plain = self.people.send_text(anna, "чужое", chat_id=self.names["plain_supergroup"])
        self.names["plain_message"] = plain["message_id"]

    async def _messages(self) -> None:
        anna = self.names["anna"]
        self.names["persons"] = self.people.send_text(anna, "от человека")["message_id"]
        keyboards: dict[str, dict[str, Any]] = {
            "own": {},
            "ancient": {},
            "with_keyboard": {"reply_markup": {"keyboard": [["да"]]}},
            "removing_keyboard": {"reply_markup": {"remove_keyboard": True}},
            "forcing_reply": {"reply_markup": {"force_reply": True}},
        }
        for name, fields in keyboards.items():
            sent = await self.method("sendMessage", chat_id=anna, text="своё", **fields)
            self.names[name] = sent["message_id"]
        chat = self.sandbox.telegram.world.chats[anna]
        chat.messages[self.names["ancient"]].date -= 49 * 3600
        forwarded = await self.method(
            "forwardMessage", chat_id=anna, from_chat_id=anna, message_id=self.names["persons"]
        )
        self.names["forwarded"] = forwarded["message_id"]
        channel = self._group("mute_channel", kind="channel")
        post = await self.method("sendMessage", chat_id=channel, text="было")
        self.names["mute_post"] = post["message_id"]
        self.people.set_member(
            channel,
            self.sandbox.telegram.world.bot.id,
            "administrator",
            {"can_post_messages": False},
        )

    async def _files(self) -> None:
        anna = self.names["anna"]
        picture = {"photo": Upload(name="a.png", mime="image/png", content=png(30, 20))}
        sent = await self.method("sendPhoto", files=picture, chat_id=anna)
        self.names["photo"] = sent["message_id"]
        self.names["photo_file"] = sent["photo"][-1]["file_id"]
        big = {"document": Upload(name="big.bin", mime="x/y", content=b"\0" * BIG)}
        sent = await self.method("sendDocument", files=big, chat_id=anna)
        self.names["big_file"] = sent["document"]["file_id"]
        for kind in ("voice", "video", "video_note", "audio", "sticker"):
            one = {kind: Upload(name=f"{kind}.bin", mime="x/y", content=b"\0" * 100)}
            method = "send" + kind.title().replace("_", "")
            sent = await self.method(method, files=one, chat_id=anna)
            self.names[f"{kind}_file"] = sent[kind]["file_id"]

    def _taps(self) -> None:
        anna, own = self.names["anna"], self.names["own"]
        stale = self.people.press(anna, own, data="x", forged=True)
        self.sandbox.telegram.clock.advance(16)
        fresh = self.people.press(anna, own, data="x", forged=True)
        self.names["stale_tap"] = stale["callback_id"]
        self.names["fresh_tap"] = fresh["callback_id"]

    async def setup(self, situation: str) -> None:
        """Bring about what a case names in ``setup``."""
        match situation:
            case "":
                return
            case "chat spent":
                await self._spend("anna", 6)
            case "group spent":
                await self._spend("forum", 20)
            case "webhook":
                await self.method("setWebhook", url="http://127.0.0.1:9/hook")
            case "topic closed":
                self.people.close_topic(self.names["forum"], self.names["topic"])
            case _:
                raise LookupError(situation)

    async def _spend(self, name: str, times: int) -> None:
        for number in range(times):
            params = from_json({"chat_id": self.names[name], "text": f"раз {number}"})
            await self.sandbox.run_json("sendMessage", params)
