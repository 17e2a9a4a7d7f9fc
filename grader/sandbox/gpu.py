"""What a worker on an NVIDIA GPU has to reach: device nodes, the driver's libraries, a few facts.

None of it is there for workers of a run that uses no GPU. What it opens is told by `OPENED`: the
kernel module behind the nodes is large, and whoever may talk to it may look for holes in it.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

OPENED: Final = (
    (
        "the NVIDIA kernel module: a worker may make its calls (ioctl), the largest surface that "
        "any layer leaves open"
    ),
    (
        "files in memory (memfd): a memory cgroup counts them against the worker; where none can "
        "be made, nothing bounds them but their size and number"
    ),
    "the GPU itself: other work on it can be slowed down, and its model and how busy it is seen",
)
"""What a worker on a GPU can reach and one on the CPU cannot."""

_NODE: Final = re.compile(r"nvidia(\d+|ctl|-uvm|-uvm-tools)")
_CAPABILITIES: Final = Path("/dev/nvidia-caps")
_FACTS: Final = (
    "/proc/devices",
    "/proc/driver/nvidia",
    "/proc/driver/nvidia-uvm",
    "/proc/sys/vm/mmap_min_addr",
    "/sys/devices/system/memory/block_size_bytes",
    "/sys/devices/system/node",
)
"""Read by the driver's libraries as they start."""
_DRIVER_FOLDERS: Final = ("/usr/local/nvidia/lib64", "/usr/lib/wsl/lib", "/run/opengl-driver/lib")
_DRIVER: Final = "libcuda.so.1"
_LOADED: Final = re.compile(r"/libcuda\.so\S*$", re.MULTILINE)


def nodes(devices: Path = Path("/dev")) -> tuple[str, ...]:
    """The device nodes that CUDA opens, and no other of that driver's."""
    try:
        found = [path for path in devices.iterdir() if _NODE.fullmatch(path.name)]
    except OSError:
        return ()
    capabilities = list(_CAPABILITIES.iterdir()) if _CAPABILITIES.is_dir() else []
    return tuple(sorted(map(str, (*found, *capabilities))))


def libraries() -> tuple[str, ...]:
    """Folders with the driver's libraries that are not among the system's own."""
    named = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    return tuple(
        dict.fromkeys(
            folder
            for folder in (*named, *_DRIVER_FOLDERS)
            if folder.startswith("/") and Path(folder, _DRIVER).exists()
        )
    )


def facts() -> tuple[str, ...]:
    """Files and folders that the driver's libraries read, those of them that are there."""
    return tuple(fact for fact in _FACTS if Path(fact).exists())


def driver_in_use() -> str:
    """What this process has of CUDA's driver already, in words; empty if nothing.

    torch may have asked it how many devices there are, as its first gradient does, without saying
    that it has started it.
    """
    with suppress(OSError):
        if found := _LOADED.search(Path("/proc/self/maps").read_text(encoding="utf-8")):
            return f"its library is loaded ({found[0].lstrip('/')})"
        for descriptor in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                if str(node := descriptor.readlink()).startswith("/dev/nvidia"):
                    return f"its node is open ({node})"
    return ""
