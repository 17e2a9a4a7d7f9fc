"""Run a script from the name of the file, as a platform might hand it on.

Wall: the name is escaped in notes, facts and the command that grades it again, which is quoted too.
"""

from pathlib import Path

from tests.hostile.papers import hand_in_file

HONEST = 0
NAME = "'\"><img src=x onerror=alert(1)>; touch `id` $(id)_12_34_vault.py"
OTHER = "<svg onload=alert(2)>_12_35_vault.py"
SHOWN = (
    "'\"><img src=x onerror=alert(1)>; touch `id` $(id)_12_34_vault.py",
    "<svg onload=alert(2)>_12_35_vault.py",
)


def build(folder: Path) -> None:
    hand_in_file(folder, "label = 1\n", NAME)
    hand_in_file(folder, "label = 2\n", OTHER)
