"""Take for ever: a pattern that tries a line of blanks once for each blank.

Wall: the patterns never go back, and a reader's child has ten seconds.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, notebook

HONEST = 8


def build(folder: Path) -> None:
    (folder / "vault.ipynb").write_bytes(notebook(RIGHT.decode(), "(\n" + " " * 500_000 + "("))
    (folder / "vault.py").write_bytes(b"def double(x):\n    raise NotImplementedError\n")
