"""Fill the disk: a tar of zeros, compressed, with names that lead out.

Wall: only zips are looked into; another archive is told where nothing else was handed in.
"""

import io
import tarfile
from pathlib import Path

HONEST = None
EXPECT = "is packed in a way that is not read here"


def build(folder: Path) -> None:
    with tarfile.open(folder / "vault.tar.gz", "w:gz") as archive:
        for name in ("../../amara/vault.py", "vault.py"):
            entry = tarfile.TarInfo(name)
            entry.size = 8 << 20
            archive.addfile(entry, io.BytesIO(bytes(entry.size)))
