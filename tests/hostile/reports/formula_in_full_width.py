"""Have a spreadsheet compute: signs as wide as Chinese ones, which some of them understand.

Wall: full-width signs count as the narrow ones.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "\uff0b1\uff0b\uff1d2"
KNOWN_AS = "\uff0b1\uff0b\uff1d2"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
