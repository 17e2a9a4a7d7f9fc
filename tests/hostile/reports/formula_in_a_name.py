"""Have a spreadsheet compute: a name that begins as a formula.

Wall: a cell that would begin a formula begins with an apostrophe.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "=cmd|' calc'!A0"
KNOWN_AS = "=cmd-' calc'!A0"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
