"""Take another student's name by being read first: control characters sort before letters.

Wall: a name is compared as it is shown, and who needs no change keeps it, whoever is read first.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
STUDENT = "\x07mei"
KNOWN_AS = "mei-2"
SHOWN = ("Another student is named mei too",)


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 0 * x\n")
