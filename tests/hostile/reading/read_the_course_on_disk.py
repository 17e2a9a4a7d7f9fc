"""Read the reference, the hidden suite and a misconception from the disk, in every way there is.

Wall: in `full` the course is not in the view that the worker has of the file system; in `guarded`
Landlock opens nothing that is not listed. Scratch may hold a link to it, which leads nowhere.
"""

import ctypes
import io
import mmap
import os
import runpy
import shutil

import numpy
import torch

HONEST = 0
COURSE = "TOLD:course"
FILES = ["vault/vault.py", "vault/test_hidden.py", "vault/misconceptions/double_sqr.py"]
libc = ctypes.CDLL(None, use_errno=True)


def by_link(path):
    os.symlink(path, "link")
    try:
        return open("link", "rb").read()
    finally:
        os.unlink("link")


def by_hard_link(path):
    os.link(path, "hard")
    return open("hard", "rb").read()


def by_rename(path):
    os.rename(path, "moved")
    return open("moved", "rb").read()


def by_folder(path):
    folder = os.open(os.path.dirname(path), os.O_PATH | os.O_DIRECTORY)
    return os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder), 4096)


def by_change_of_folder(path):
    os.chdir(os.path.dirname(path))
    return open(os.path.basename(path), "rb").read()


def by_map(path):
    with open(path, "rb") as file:
        return mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)[:4096]


def by_libc(path):
    number = libc.open(path.encode(), 0)
    if number < 0:
        raise OSError(ctypes.get_errno())
    return os.read(number, 4096)


def by_execution(path):
    return repr(runpy.run_path(path))


WAYS = [
    lambda path: open(path, "rb").read(),
    lambda path: open("../" * 30 + path.lstrip("/"), "rb").read(),
    lambda path: open("/proc/self/root" + path, "rb").read(),
    lambda path: open("/proc/self/cwd/" + "../" * 30 + path.lstrip("/"), "rb").read(),
    lambda path: open("/proc/1/root" + path, "rb").read(),
    lambda path: open(f"/proc/{os.getppid()}/root{path}", "rb").read(),
    lambda path: io.FileIO(path).readall(),
    lambda path: shutil.copy(path, "copy") and open("copy", "rb").read(),
    lambda path: numpy.fromfile(path, dtype=numpy.uint8).tobytes(),
    lambda path: numpy.memmap(path, dtype=numpy.uint8).tobytes(),
    lambda path: bytes(torch.from_file(path, size=2000, dtype=torch.uint8).tolist()),
    lambda path: torch.load(path, weights_only=False),
    lambda path: os.listdir(os.path.dirname(path)),
    lambda path: [entry.name for entry in os.scandir(os.path.dirname(path))],
    by_link,
    by_hard_link,
    by_rename,
    by_folder,
    by_map,
    by_libc,
    by_execution,
    by_change_of_folder,
]


def try_all():
    found = []
    for way in WAYS:
        for name in FILES:
            try:
                found.append(str(way(os.path.join(COURSE, name)))[:1500])
            except BaseException as error:
                found.append(f"{type(error).__name__} {getattr(error, 'errno', None)}")
    return found


AT_LOAD = str(try_all())[:9000]


def double(x):
    print(try_all())
    return AT_LOAD
