"""Leave files where the grader or the next submission would find them.

Wall: Landlock lets only the scratch folder be written, in both tiers; in full everything else is
read-only besides.
"""

import os
import site
import sys
import tempfile
from pathlib import Path

HONEST = 2

PLACES = (
    "/tmp/../left-behind",
    "/var/tmp/left-behind",
    "/dev/shm/left-behind",
    "/run/left-behind",
    "/etc/left-behind",
    "/root/left-behind",
    "/home/left-behind",
    "/left-behind",
)


def double(x):
    home = Path(os.path.expanduser("~"))
    places = [Path(place) for place in PLACES]
    places += [Path(folder, "left-behind.pth") for folder in site.getsitepackages()]
    places += [Path(folder, "sitecustomize.py") for folder in sys.path if folder]
    places += [Path(os.__file__).parent / "__pycache__" / "left-behind.pyc"]
    scratch = Path.cwd().resolve()
    if not home.resolve().is_relative_to(scratch):
        places += [home / ".cache" / "left-behind", home / ".bashrc"]
    for place in places:
        if place.resolve().is_relative_to(scratch):
            continue
        try:
            place.write_text("left behind")
        except OSError:
            continue
        place.unlink()
        raise RuntimeError(f"breached: {place}")
    with tempfile.TemporaryFile() as file:
        file.write(b"this is allowed")
    return 2 * x
