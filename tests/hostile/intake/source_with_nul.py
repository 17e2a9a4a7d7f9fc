"""Hide code behind NUL, which ends a text for some programs.

Wall: NUL is left out, with a note, and the report shows the text that was graded.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT

HONEST = 8


def build(folder: Path) -> None:
    (folder / "vault.py").write_bytes(b"x = 1\n\0" + RIGHT.replace(b"return", b"re\0turn"))
