"""Hide code in a coding that a reader cannot see through.

Wall: only codings that editors write are decoded; of any other the bytes are read as UTF-8.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    hidden = b"# coding: unicode_escape\n# \\u000adef double(x): return 0\n"
    (folder / "vault.py").write_bytes(hidden + RIGHT)
