"""Be another student: the folder itself is a link to theirs.

Wall: a student's folder that is a link is not entered, and told as a problem.
"""

from pathlib import Path

HONEST = None
EXPECT = "links are not followed"


def build(folder: Path) -> None:
    folder.rmdir()
    folder.symlink_to(folder.parent / "amara")
