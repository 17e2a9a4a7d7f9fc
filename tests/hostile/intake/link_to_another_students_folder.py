"""Hand in another student's work, through a link to the folder.

Wall: a folder that is a link is not entered.
"""

from pathlib import Path

HONEST = 0


def build(folder: Path) -> None:
    (folder / "work").symlink_to(folder.parent / "amara")
