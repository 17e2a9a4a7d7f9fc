"""Hide work, or a bomb, in a zip in a zip in a zip.

Wall: a zip within a zip is not looked into, and told where nothing else was handed in.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "is packed once more"


def build(folder: Path) -> None:
    packed = RIGHT
    for name in ("vault.py", "inner.zip", "middle.zip"):
        packed = zipped({name: packed})
    (folder / "work.zip").write_bytes(packed)
