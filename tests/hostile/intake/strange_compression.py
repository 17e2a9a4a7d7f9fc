"""Have rarely used decompressors run on hostile bytes.

Wall: only stored and deflated members are read.
"""

import zipfile
from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = None
EXPECT = "is packed in a way that is not read here"


def build(folder: Path) -> None:
    (folder / "work.zip").write_bytes(zipped({"vault.py": RIGHT}, compression=zipfile.ZIP_LZMA))
