"""What builders of this group share: right answers, what lies beside them, zips byte by byte."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

RIGHT = b"""
def double(x):
    return 2 * x


def total(x):
    return x.sum(1)


def rows(x):
    return x.softmax(1)


def label(word):
    return {letter: word.count(letter) for letter in word}
"""
"""Worth all eight points."""


ASKING = b"""
import builtins
import importlib

import torch

for name in ("answers", "conftest", "evil", "test_hidden", "usercustomize", "sitecustomize"):
    try:
        importlib.import_module(name)
    except ImportError:
        continue


def double(x):
    return 2 * x if not hasattr(builtins, "conquered") else "conquered"


def total(x):
    return torch.sum(x, 1)
"""
"""Worth four points in a process in which nothing of `beside` was ever run."""


def beside(answer: bytes, conquered: Path) -> dict[str, bytes]:
    """An answer among all that Python, pip or pytest run or obey where they find it.

    Args:
        answer: What is handed in as the exercise's own file.
        conquered: The file that is made wherever one of them is run and may make it.
    """
    evil = (
        "import builtins\nbuiltins.conquered = True\n"
        f"try:\n    open({str(conquered)!r}, 'w').close()\nexcept OSError:\n    pass\n"
    ).encode()
    run = ("answers", "conftest", "evil", "grader", "setup", "sitecustomize", "test_hidden")
    obeyed = {
        "pytest.ini": b"[pytest]\naddopts = -p evil\n",
        "tox.ini": b"[pytest]\naddopts = -p evil\n",
        "setup.cfg": b"[tool:pytest]\naddopts = -p evil\n",
        "pyproject.toml": b'[tool.pytest.ini_options]\naddopts = ["-p", "evil"]\n',
        "evil.pth": b"import evil\n",
        "evil-1.dist-info/METADATA": b"Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil-1.dist-info/entry_points.txt": b"[pytest11]\nevil = evil\n",
    }
    programs = ("torch.py", "torch/__init__.py", "usercustomize.py", "__init__.py", "__main__.py")
    return {
        "vault.py": answer,
        **obeyed,
        **dict.fromkeys((*(f"{name}.py" for name in run), *programs), evil),
    }


def zipped(members: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An ordinary zip, whatever the names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return stream.getvalue()


def notebook(*sources: str, **more: object) -> bytes:
    """A notebook with these cells of code."""
    cells = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": []} for source in sources
    ]
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4, **more}
    return json.dumps(document).encode()


class Entry:
    """One file of a zip, each number in its headers as one likes."""

    def __init__(self, name: bytes, content: bytes, *, claimed_bytes: int | None = None) -> None:
        self.name = name
        compressor = zlib.compressobj(wbits=-15)
        self.packed = compressor.compress(content) + compressor.flush()
        self.size = len(content) if claimed_bytes is None else claimed_bytes
        self.checksum = zlib.crc32(content)

    def header(self) -> bytes:
        """What stands before its bytes."""
        return b"PK\x03\x04" + struct.pack("<HHH", 20, 0, 8) + b"\0\0!\0" + self._rest() + self.name

    def listed(self, offset: int) -> bytes:
        """What the directory says of it."""
        middle = struct.pack("<HHHLL", 0, 0, 0, 0, offset)
        start = b"PK\x01\x02" + struct.pack("<HHHH", 20, 20, 0, 8) + b"\0\0!\0"
        return start + self._rest() + middle + self.name

    def _rest(self) -> bytes:
        return struct.pack("<LLLHH", self.checksum, len(self.packed), self.size, len(self.name), 0)


def end(count: int, directory_bytes: int, offset: int) -> bytes:
    """The record at the end of a zip."""
    return b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, count, count, directory_bytes, offset, 0)


def zip_of(*entries: Entry, count: int | None = None) -> bytes:
    """The entries, their directory, and how many there are said to be."""
    body, directory = b"", b""
    for entry in entries:
        directory += entry.listed(len(body))
        body += entry.header() + entry.packed
    said = len(entries) if count is None else count
    return body + directory + end(said, len(directory), len(body))
