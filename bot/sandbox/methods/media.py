"""Files: sending them, sending several as an album, fetching them back.

A file is uploaded, or named by its file_id, or by an address on the web (which this sandbox cannot
reach, so it refuses as Telegram does when the address gives nothing).
"""

import struct
from typing import Any

from bot.sandbox.formatting.text import caption_text, parse
from bot.sandbox.keyboards import Markup
from bot.sandbox.methods.registry import method
from bot.sandbox.methods.sending import place_of, put, read_caption, read_reply, send
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.telegram import Call, Telegram
from bot.sandbox.wire import Upload
from bot.sandbox.world import Fields, StoredFile

PREFIX = {
    "photo": "AgACAgIAAxk",
    "document": "BQACAgIAAxk",
    "voice": "AwACAgIAAxk",
    "video": "BAACAgIAAxk",
    "video_note": "DQACAgIAAxk",
    "audio": "CQACAgIAAxk",
    "animation": "CgACAgIAAxk",
    "sticker": "CAACAgIAAxk",
}
MIME = {
    "photo": "image/jpeg",
    "voice": "audio/ogg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "audio": "audio/mpeg",
    "animation": "video/mp4",
    "sticker": "image/webp",
}
RIGHTS = {
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "video": ("can_send_videos", "videos"),
    "video_note": ("can_send_video_notes", "video notes"),
    "audio": ("can_send_audios", "audios"),
    "animation": ("can_send_other_messages", "animations"),
    "sticker": ("can_send_other_messages", "stickers"),
}
SPOKEN = {"video_note": "video note"}
ALBUM_KINDS = ("photo", "video", "document", "audio", "animation")
ALBUM_LENGTH = 10
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20


def store(telegram: Telegram, kind: str, upload: Upload) -> StoredFile:
    """Keep an uploaded file under a new file_id."""
    number = telegram.world.serial()
    tail = f"{number:012d}{telegram.chance.getrandbits(64):016x}"
    width, height = image_size(upload.content) or (0, 0)
    file = StoredFile(
        file_id=PREFIX[kind] + tail,
        unique_id=f"AQAD{number:011d}",
        kind=kind,
        name=upload.name,
        mime=upload.mime,
        content=upload.content,
        size=len(upload.content),
        width=width,
        height=height,
    )
    telegram.world.files[file.file_id] = file
    return file


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP; None for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return 512, 512
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    pos = 2
    while pos + 9 < len(content) and content[pos] == 0xFF:
        mark, length = content[pos + 1], int.from_bytes(content[pos + 2 : pos + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[pos + 5 : pos + 9])
            return width, height
        pos += 2 + length
    return None


def take_file(call: Call, kind: str, reference: str, field: str) -> StoredFile:
    """The file a request means: uploaded under ``field`` or attach://name, or already known."""
    upload = call.params.files.get(field)
    if reference.startswith("attach://"):
        upload = call.params.files.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {SPOKEN.get(kind, kind)} in the request")
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        limits = call.telegram.limits
        if kind == "photo" and len(upload.content) > limits.photo_bytes:
            size = len(upload.content)
            raise bad_request(f"file of size {size} bytes is too big for a photo")
        return store(call.telegram, kind, upload)
    if not reference:
        raise bad_request(f"there is no {SPOKEN.get(kind, kind)} in the request")
    return _known_file(call, kind, reference)


def _known_file(call: Call, kind: str, reference: str) -> StoredFile:
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.world.files.get(reference)
    if file is None:
        plain = reference.replace("-", "a").replace("_", "a")
        if not (plain.isascii() and plain.isalnum()) or len(reference) < 20:
            raise bad_request("wrong file identifier/HTTP URL specified")
        raise bad_request(
            "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
        )
    if "photo" in (file.kind, kind) and file.kind != kind:
        raise bad_request(f"can't use file of type {file.kind.title()} as {kind.title()}")
    return file


def check_photo(file: StoredFile) -> None:
    if not file.width or not file.height:
        raise bad_request("IMAGE_PROCESS_FAILED")
    longer, shorter = max(file.width, file.height), min(file.width, file.height)
    if file.width + file.height > PHOTO_SIDES or longer > shorter * PHOTO_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def file_fields(file: StoredFile, kind: str) -> Fields:
    """The message's field for a file of this kind."""
    base: Fields = {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
    }
    if kind == "photo":
        return {"photo": [{**base, "width": file.width or 800, "height": file.height or 600}]}
    if kind != "video_note" and kind != "sticker":
        base["mime_type"] = file.mime
    if kind in ("document", "video", "audio", "animation"):
        base["file_name"] = file.name
    if kind in ("voice", "audio", "video", "video_note", "animation"):
        base["duration"] = 3
    if kind in ("video", "animation", "sticker"):
        base.update(width=file.width or 320, height=file.height or 240)
    if kind == "video_note":
        base["length"] = 240
    if kind == "sticker":
        base.update(type="regular", is_animated=False, is_video=False, emoji="👍")
    fields: Fields = {kind: base}
    if kind == "animation":
        fields["document"] = {
            key: value
            for key, value in base.items()
            if key in ("file_id", "file_unique_id", "file_size", "mime_type", "file_name")
        }
    return fields


def send_file(call: Call, kind: str) -> Fields:
    file = take_file(call, kind, call.params.text(kind), kind)
    caption = read_caption(call.params)

    def finish() -> Fields:
        if kind == "photo":
            check_photo(file)
        content = file_fields(file, kind)
        if kind not in ("sticker", "video_note"):
            content.update(caption_text(caption).fields("caption", "caption_entities"))
        if call.params.flag("has_spoiler"):
            content["has_media_spoiler"] = True
        return content

    right, what = RIGHTS[kind]
    return send(call, finish, right, what)


@method("sendPhoto")
async def send_photo(call: Call) -> Fields:
    return send_file(call, "photo")


@method("sendDocument")
async def send_document(call: Call) -> Fields:
    return send_file(call, "document")


@method("sendVideo")
async def send_video(call: Call) -> Fields:
    return send_file(call, "video")


@method("sendVideoNote")
async def send_video_note(call: Call) -> Fields:
    return send_file(call, "video_note")


@method("sendAnimation")
async def send_animation(call: Call) -> Fields:
    return send_file(call, "animation")


@method("sendAudio")
async def send_audio(call: Call) -> Fields:
    return send_file(call, "audio")


@method("sendVoice")
async def send_voice(call: Call) -> Fields:
    return send_file(call, "voice")


@method("sendSticker")
async def send_sticker(call: Call) -> Fields:
    return send_file(call, "sticker")


def read_media(call: Call, item: Any) -> Fields:
    """One InputMedia as the content of a message."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = item.get("type")
    if kind not in ALBUM_KINDS:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    reference = str(item.get("media") or "")
    attached = reference.removeprefix("attach://")
    if not reference or (attached != reference and attached not in call.params.files):
        raise bad_request("can't parse InputMedia: media not found")
    try:
        caption = parse(
            str(item.get("caption") or ""),
            str(item.get("parse_mode") or ""),
            item.get("caption_entities"),
        )
    except Refusal as refusal:
        said = refusal.description.removeprefix("Bad Request: ")
        raise bad_request(f"can't parse InputMedia: {said}") from None
    fields = caption_text(caption).fields("caption", "caption_entities")
    file = take_file(call, kind, reference, "")
    if kind == "photo":
        check_photo(file)
    return {**file_fields(file, kind), **fields}


def _check_kinds(kinds: list[str]) -> None:
    """Documents and audios make albums of their own, animations none."""
    if "animation" in kinds:
        raise bad_request(
            "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup"
        )
    for alone in ("document", "audio"):
        if alone in kinds and len(set(kinds)) > 1:
            raise bad_request(f"{alone} can't be mixed with other media types")


def _album_contents(call: Call, items: list[Any]) -> list[Fields]:
    contents = []
    for number, item in enumerate(items, 1):
        try:
            contents.append(read_media(call, item))
        except Refusal as refusal:
            said = refusal.description.removeprefix("Bad Request: ")
            if said.startswith(("can't parse", "message caption")):
                raise
            said = said[:1].upper() + said[1:]
            raise bad_request(
                f'failed to send message #{number} with the error message "{said}"'
            ) from None
    return contents


@method("sendMediaGroup")
async def send_media_group(call: Call) -> list[Fields]:
    """One item is sent as a plain message, as Telegram does."""
    if not call.params.text("media"):
        raise bad_request('parameter "media" is required')
    value = call.params.json("media", "can't parse media JSON object")
    if not isinstance(value, list):
        raise bad_request("expected an Array of InputMedia")
    if not value:
        raise bad_request("there are no messages to send")
    if len(value) > ALBUM_LENGTH:
        raise bad_request("too many messages to send as an album")
    reply = read_reply(call.params)
    contents = _album_contents(call, value)
    _check_kinds([item["type"] for item in value])
    place = place_of(call, reply, *RIGHTS[value[0]["type"]])
    call.spend(place.chat)
    album = {"media_group_id": str(call.world.serial() + 13_000_000_000_000_000)}
    together = album if len(contents) > 1 else {}
    return [
        call.answer(put(call, place, {**content, **together}, Markup())) for content in contents
    ]


@method("getFile")
async def get_file(call: Call) -> Fields:
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = call.world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > call.telegram.limits.download_bytes:
        raise bad_request("file is too big")
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": path_of(file),
    }


FOLDERS = {"photo": "photos", "document": "documents", "video": "videos", "audio": "music"}


def path_of(file: StoredFile) -> str:
    """The path after /file/bot<token>/: it ends with the file's own ending."""
    ending = file.name.rpartition(".")[2] if "." in file.name else "bin"
    return f"{FOLDERS.get(file.kind, file.kind)}/{file.unique_id}.{ending}"


def file_at(telegram: Telegram, path: str) -> StoredFile | None:
    return next((f for f in telegram.world.files.values() if path_of(f) == path), None)
