"""Stop the batch: a program that asks for a password.

Wall: a locked member refuses the whole zip; nobody is asked anything.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "is locked with a password"


def build(folder: Path) -> None:
    content = bytearray(zipped({"vault.py": RIGHT}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    content[6] |= 1
    (folder / "work.zip").write_bytes(content)
