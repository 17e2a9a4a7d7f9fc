"""Have a script run that is also a zip.

Wall: what a file is taken for is its name's matter alone, and nothing that is handed in is run
but in a worker.
"""

from pathlib import Path

from tests.hostile.intake._making import RIGHT, zipped

HONEST = 8


def build(folder: Path) -> None:
    path = folder / "work.zip"
    path.write_bytes(b"#!/bin/sh\nkill -URG $PPID\n" + zipped({"vault.py": RIGHT}))
    path.chmod(0o777)
