"""Fill the memory: /dev/zero under the name of the exercise, or a pipe where nobody may make one.

Wall: what is not a regular file is told before it is opened: opening a device may do anything.
"""

import os
import stat
from pathlib import Path

HONEST = None
EXPECT = "not a regular file"


def build(folder: Path) -> None:
    try:
        os.mknod(folder / "vault.py", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(folder / "vault.py")
