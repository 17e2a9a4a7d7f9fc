"""Crash the reader: a manifest that nests a hundred thousand deep.

Wall: the manifest is decoded into one exact type, and what is not of it is no manifest.
"""

import zipfile
from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    members = {"manifest.json": b'{"files":' + b"[" * 100_000, "vault.py": RIGHT}
    (folder / "submission.zip").write_bytes(zipped(members, compression=zipfile.ZIP_STORED))
