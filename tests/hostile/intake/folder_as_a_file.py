"""Crash whoever reads the file: it is a folder, with the file in it.

Wall: there is none to get through: a folder is looked into, whatever its name.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    (folder / "vault.py").mkdir()
    (folder / "vault.py" / "vault.py").write_bytes(RIGHT)
