"""Crash whoever opens the file: it is a socket.

Wall: what is not a regular file is told before it is opened.
"""

import os
import stat
from pathlib import Path

HONEST = None
EXPECT = "not a regular file"


def build(folder: Path) -> None:
    os.mknod(folder / "vault.py", stat.S_IFSOCK | 0o666)
