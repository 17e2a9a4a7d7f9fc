"""Hand in the reference, as a second name of the same file.

Wall: a file with further names on the disk is not read where it was found in a class's folder.
"""

from pathlib import Path

HONEST = None
EXPECT = "(a hard link)"


def build(folder: Path) -> None:
    (folder / "vault.py").hardlink_to(folder.parent.parent / "solutions" / "vault" / "vault.py")
