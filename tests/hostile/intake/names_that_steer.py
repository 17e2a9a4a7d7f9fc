"""Forge lines in logs and pages: names with newlines, escapes, bidi marks, dashes and 250 letters.

Wall: whatever is shown of a name is made printable first, and no name is ever part of a command.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    for name in (
        "-rf",
        "a\nNot gradable: amara",
        "\x1b]0;owned\x07",
        "\u202eyp.tluav",
        "x" * 250,
        "$(id)",
        "'\"<b>",
    ):
        (folder / name).mkdir()
        (folder / name / "vault.py").write_bytes(b"x = 1")
    (folder / "vault.py").write_bytes(RIGHT)
