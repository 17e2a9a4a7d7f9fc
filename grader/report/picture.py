"""PNG in `data:` addresses, the one image format of our pages: our grids and students' plots."""

from __future__ import annotations

import base64
import math
import struct
import zlib
from collections.abc import Sequence

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY_WITH_ALPHA = 4
_HEADER = struct.Struct(">8sI4sII")
_CHUNK = struct.Struct(">I4s")
_CHECKSUM_BYTES = 4
_SHOWN_CHUNKS = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"IDAT", b"IEND"}


def data_uri(rows: Sequence[Sequence[float | None]]) -> str:
    """The grid as a picture, one pixel per cell, black at 0 and white at 1.

    Args:
        rows: First row on top. A cell that is None or not finite is left transparent, and so is
            what short rows lack; values outside [0, 1] are drawn as the nearer end.
    """
    width = max((len(row) for row in rows), default=0)
    if width == 0:
        rows, width = [[None]], 1
    scanlines = b"".join(
        b"\0" + b"".join(map(_pixel, row)) + b"\0\0" * (width - len(row)) for row in rows
    )
    header = struct.pack(">IIBBBBB", width, len(rows), 8, _GREY_WITH_ALPHA, 0, 0, 0)
    png = (
        _SIGNATURE
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(scanlines))
        + _chunk(b"IEND", b"")
    )
    return address(png)


def address(png: bytes) -> str:
    """The picture as an address that stands for itself."""
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def size(png: bytes) -> tuple[int, int] | None:
    """Width and height in pixels as the file claims them; None if it does not start as a PNG."""
    if len(png) < _HEADER.size or not png.startswith(_SIGNATURE):
        return None
    _, length, kind, width, height = _HEADER.unpack_from(png)
    return (width, height) if (length, kind) == (13, b"IHDR") else None


def bare(png: bytes) -> bytes:
    """The picture without the texts, profiles and other pictures that a file may hold besides.

    Empty if it does not end as it begins, as a PNG.
    """
    if not png.startswith(_SIGNATURE):
        return b""
    kept, start = [_SIGNATURE], len(_SIGNATURE)
    while start + _CHUNK.size <= len(png):
        length, kind = _CHUNK.unpack_from(png, start)
        end = start + _CHUNK.size + length + _CHECKSUM_BYTES
        if end > len(png):
            break
        if kind in _SHOWN_CHUNKS:
            kept.append(png[start:end])
        if kind == b"IEND":
            return b"".join(kept)
        start = end
    return b""


def _pixel(value: float | None) -> bytes:
    if value is None or not math.isfinite(value):
        return b"\0\0"
    return bytes((round(255 * min(max(value, 0.0), 1.0)), 255))


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
