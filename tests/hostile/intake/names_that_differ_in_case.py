"""Show one file to a person and another to the grader: vault.py and VAULT.PY.

Wall: there is none to get through: the file named as asked is taken, and a note names the other.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zipped({"VAULT.PY": b"x = 1", "vault.py": RIGHT}))
