"""Steer the teacher's terminal from one's own name, and forge a line of its log.

Wall: a name holds no control character and stands on one line.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "eve\x1b]0;owned\x07\x1b[2J\rroot\nForged: full marks\x9b1A\u2028x"
KNOWN_AS = "eve]0;owned[2J root Forged- full marks1A x"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
