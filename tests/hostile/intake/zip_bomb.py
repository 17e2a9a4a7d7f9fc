"""Fill the memory: a kilobyte that unpacks to a gigabyte.

Wall: a member is unpacked up to a fixed size, in a process with limited memory.
"""

import zlib
from pathlib import Path

from tests.hostile.intake._making import Entry, zip_of

HONEST = None
EXPECT = "unpacks to 1,073,741,824 bytes"


def build(folder: Path) -> None:
    squeezed = zlib.compressobj(9, wbits=-15)
    entry = Entry(b"vault.py", b"", claimed_bytes=1 << 30)
    entry.packed = b"".join(squeezed.compress(bytes(1 << 20)) for _ in range(4)) + squeezed.flush()
    (folder / "work.zip").write_bytes(zip_of(entry))
