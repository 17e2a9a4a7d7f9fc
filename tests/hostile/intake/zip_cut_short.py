"""Crash the reader: a zip without its end.

Wall: a zip without its end is none.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "only the beginning of one"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zipped({"vault.py": RIGHT})[:-30])
