"""Take another student's name: the same letters with one that is not seen.

Wall: a name is freed of what is not seen; who has the name already keeps it, and the other gets a
number and a note.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
STUDENT = "\u200bamara"
KNOWN_AS = "amara-2"
SHOWN = ("Another student is named amara too",)


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 0 * x\n")
