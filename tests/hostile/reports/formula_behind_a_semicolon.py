"""Have a spreadsheet compute: where lists are separated by semicolons, a cell begins behind one.

Wall: a formula is neutralised behind every character that some spreadsheet takes for a separator.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "eve;=1+1;+2;-3;@4"
KNOWN_AS = "eve;=1+1;+2;-3;@4"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
