"""Break pages and tables: students named with newlines, dots, bidi marks, formulas and markup.

Wall: a student's name is made safe to show and to use as a file name before anything else is done
with it.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    for name in (
        "-rf\n--help",
        "\u202earama",
        "=HYPERLINK(1)",
        "<script>alert(1)<",
        "...",
        "CON",
        "z" * 250,
    ):
        (folder.parent / name).mkdir()
        (folder.parent / name / "vault.py").write_bytes(RIGHT)
    (folder / "vault.py").write_bytes(RIGHT)
