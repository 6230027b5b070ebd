"""Small valid files, for when a test or a visitor of the demo sends «a photo»."""

import struct
import zlib


def placeholder(kind: str) -> bytes:
    """A grey PNG for a photo, a line of text for everything else."""
    return png(64, 48) if kind == "photo" else f"a {kind} of the sandbox\n".encode()


def png(width: int, height: int, grey: int = 200) -> bytes:
    rows = (b"\0" + bytes([grey]) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [
        _part(b"IHDR", header),
        _part(b"IDAT", zlib.compress(rows)),
        _part(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _part(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)
