"""Leave an attribute of the page by the quotes in one's own name, and come back with entities.

Wall: both quotes and `&` are escaped wherever a name stands.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 2
STUDENT = "' autofocus onfocus='alert(1)' x='&lt;script&gt;alert(2)&#60;"


def build(folder: Path) -> None:
    hand_in_file(folder, "def double(x):\n    return 2 * x\n")
