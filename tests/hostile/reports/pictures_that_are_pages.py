"""Have a page shown as a picture: SVG and HTML that call themselves PNG, and PNG with more in it.

Wall: only what begins as a PNG is kept, of a size that a browser bears and stripped to the chunks
that make up the picture; it is shown as an image, in which no script runs.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_notebook

HONEST = 2
SHOWN = ("<script>alert(9)</script>",)


def build(folder: Path) -> None:
    hand_in_notebook(
        folder,
        """
import struct, zlib
from IPython.display import display

def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

def png(*more, width=1, height=1):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    middle = b"".join(chunk(kind, body) for kind, body in more)
    return b"\\x89PNG\\r\\n\\x1a\\n" + head + middle + chunk(b"IDAT", zlib.compress(b"\\0\\0"))

PAGE = b"<script>alert(1)</script>"

class Picture:
    def __init__(self, data):
        self.data = data
    def __repr__(self):
        return "<script>alert(9)</script>"
    def _repr_png_(self):
        return self.data

for data in (
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(2)'/>",
    b"<!doctype html><script>alert(3)</script>",
    png((b"tEXt", b"Comment\\0" + PAGE), (b"iTXt", b"XML:com.adobe.xmp\\0\\0\\0\\0\\0" + PAGE)),
    png((b"eXIf", PAGE), (b"iCCP", b"x\\0\\0" + zlib.compress(bytes(1 << 20)))),
    png() + chunk(b"IEND", b"") + PAGE,
    png(width=100_000, height=100_000),
    b"\\x89PNG\\r\\n\\x1a\\n" + PAGE,
    '"><script>alert(4)</script>',
):
    display(Picture(data))
""",
        "def double(x):\n    return 2 * x",
    )
