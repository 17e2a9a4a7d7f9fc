"""Crash the parser: an expression that nests a million deep.

Wall: syntax trees are made in a process that may crash: the worker's, or a reader's child.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 0


def build(folder: Path) -> None:
    (folder / "vault.py").write_bytes(b"x = " + b"-" * 1_000_000 + b"1\n" + RIGHT)
