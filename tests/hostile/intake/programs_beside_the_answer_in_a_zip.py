"""Have the same be unpacked somewhere where Python, pip or pytest pick it up.

Wall: nothing is unpacked to disk; the exercise's own file is read in memory, the rest is not.
"""

from pathlib import Path

from tests.hostile.intake._making import ASKING, beside, zipped

HONEST = 4


def build(folder: Path) -> None:
    conquered = folder.parents[1] / "conquered"
    (folder / "work.zip").write_bytes(zipped(beside(ASKING, conquered)))
