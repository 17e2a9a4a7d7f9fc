"""Fill disk or memory: nine hundred members that share the same bytes.

Wall: members that overlap refuse the whole zip; only files of exercises would be unpacked at all.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, Entry, end

HONEST = None
EXPECT = "overlap in it"


def build(folder: Path) -> None:
    entry = Entry(b"vault.py", RIGHT)
    body = entry.header() + entry.packed
    directory = entry.listed(0)
    for number in range(900):
        entry.name = b"%08d" % number
        directory += entry.listed(0)
    (folder / "work.zip").write_bytes(body + directory + end(901, len(directory), len(body)))
