"""Hide code from a person who searches the file: UTF-16, with a mark.

Wall: there is none to get through: it is read as such, and the report shows the text that was
graded.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    (folder / "vault.py").write_bytes(RIGHT.decode().encode("utf-16"))
