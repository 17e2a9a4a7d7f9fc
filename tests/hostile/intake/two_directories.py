"""Show one file to a person's program and another to the grader: a zip with two directories.

Wall: there is none to get through: the last directory counts, as for other programs, and what is
graded is what the report shows.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zipped({"vault.py": b"x = 1"}) + zipped({"vault.py": RIGHT}))
