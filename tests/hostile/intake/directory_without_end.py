"""Fill the memory: a directory that claims a million members.

Wall: the directory is measured before it is parsed.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, Entry, zip_of

HONEST = None
EXPECT = "holds more than 1000 files"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zip_of(Entry(b"vault.py", RIGHT), count=65_535))
