"""Fill the memory: a sparse file that is longer than any disk.

Wall: a file's size is asked before it is read, and at most two mebibytes are.
"""

from pathlib import Path

HONEST = None
EXPECT = "at most 2,097,152 are read"


def build(folder: Path) -> None:
    with (folder / "vault.py").open("wb") as stream:
        stream.truncate(1 << 40)
