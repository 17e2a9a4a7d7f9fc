"""Have a spreadsheet compute: a formula behind what it may overlook.

Wall: spaces around a name are cut off, and characters that are not seen are taken out.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "\t \u200b\u00a0@SUM(1+1)"
KNOWN_AS = "@SUM(1+1)"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
