"""Take for ever, or crash what recurses: folders two hundred deep.

Wall: folders are looked into four levels deep, by descriptor, and that is said.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = None
EXPECT = "Folders more than 4 deep"


def build(folder: Path) -> None:
    deepest = folder.joinpath(*["d"] * 200)
    deepest.mkdir(parents=True)
    (deepest / "vault.py").write_bytes(RIGHT)
