"""The same within a zip, where names may also hold NUL and be 3,000 letters long.

Wall: whatever is shown of a name is made printable and short first.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, Entry, zip_of

HONEST = 8


def build(folder: Path) -> None:
    names = (
        "-rf/vault.py",
        "a\nnot gradable, amara/vault.py",
        "\u202e/vault.py",
        "y" * 3000 + "/vault.py",
    )
    entries = [Entry(name.encode(), b"x = 1") for name in (*names, "deep/vault.py\0.txt")]
    (folder / "work.zip").write_bytes(zip_of(*entries, Entry(b"vault.py", RIGHT)))
