"""Unpack to a place of one's own choice on the grader's disk.

Wall: nothing is ever unpacked to disk, and an absolute name refuses the whole zip.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "a name that leads out of the archive"


def build(folder: Path) -> None:
    place = str(folder.parent.parent / "solutions" / "vault" / "vault.py")
    (folder / "work.zip").write_bytes(zipped({place: RIGHT}))
