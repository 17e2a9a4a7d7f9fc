"""Run a script from the name of one's own folder.

Wall: characters of markup have no place in a student's name, and what is left is escaped.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = '"><img src=x onerror=alert(1)><svg onload=alert(2)>'


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
