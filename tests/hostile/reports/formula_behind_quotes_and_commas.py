"""Begin a new cell or a new row by the quotes, commas and line ends of the format itself.

Wall: the cell is quoted as the format asks, and a formula behind a comma is neutralised too.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = 'eve","=1+1",=2\n=3+3\r+4'
KNOWN_AS = 'eve-,-=1+1-,=2 =3+3 +4'


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
