"""Take for ever: a folder with thousands of files.

Wall: at most 5,000 entries of a student are looked at, and that is said.
"""

from pathlib import Path

HONEST = None
EXPECT = "More than 5000 files"


def build(folder: Path) -> None:
    for number in range(5_001):
        (folder / f"{number:04}").touch()
