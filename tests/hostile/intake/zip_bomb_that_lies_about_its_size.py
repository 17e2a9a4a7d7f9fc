"""Fill the memory: a member that says it is small and unpacks without end.

Wall: a member is unpacked up to the size that it claims, and its checksum then does not fit.
"""

from pathlib import Path

from tests.hostile.intake._making import Entry, zip_of

HONEST = None
EXPECT = "is damaged"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(
        zip_of(Entry(b"vault.py", bytes(64 << 20), claimed_bytes=99_999))
    )
