"""Crash the reader: a directory that begins elsewhere and counts other members.

Wall: the reader checks each header; a zip that contradicts itself cannot be read.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, Entry, end

HONEST = None
EXPECT = "not a zip file that can be read"


def build(folder: Path) -> None:
    entry = Entry(b"vault.py", RIGHT)
    listed = entry.listed(0)
    (folder / "work.zip").write_bytes(entry.header() + entry.packed + listed + end(77, 4000, 3))
