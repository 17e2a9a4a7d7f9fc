"""Hand in the reference, through a symbolic link.

Wall: a link is told before it is opened, and opened with O_NOFOLLOW.
"""

from pathlib import Path

HONEST = None
EXPECT = "links are not followed"


def build(folder: Path) -> None:
    (folder / "vault.py").symlink_to(folder.parent.parent / "solutions" / "vault" / "vault.py")
