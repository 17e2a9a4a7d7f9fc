"""Unpack with a drive and backslashes, which some programs take for folders.

Wall: a backslash or a drive in a name refuses the whole zip.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, Entry, zip_of

HONEST = None
EXPECT = "a name that leads out of the archive"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zip_of(Entry(rb"C:\..\amara\vault.py", RIGHT)))
