"""Take for ever: very many zips.

Wall: at most 50 zips of a student are looked into, and that is said.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number:02}.zip").write_bytes(zipped({"vault.py": b"x = 1"}))
    (folder / "vault.py").write_bytes(RIGHT)
