"""Have a library for .7z and .rar run on hostile bytes.

Wall: there is no such library: these archives are named as a problem and never opened.
"""

from pathlib import Path

HONEST = None
EXPECT = "is packed in a way that is not read here"


def build(folder: Path) -> None:
    (folder / "vault.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    (folder / "vault.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(100))
