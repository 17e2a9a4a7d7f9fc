"""Unpack over another student's file, through a name with two dots.

Wall: nothing is ever unpacked to disk, and a name that leads out refuses the whole zip.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "a name that leads out of the archive"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zipped({"../amara/vault.py": RIGHT, "vault.py": RIGHT}))
