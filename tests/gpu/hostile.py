"""Submissions that are hard on a GPU, and what must come of each: points stay, the next is served.

On the CPU all of them are right. Each misbehaves where its input lies on a GPU, and an honest one
follows it, which must be graded as if nothing had been.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

HEAD: Final = "import os\nimport time\n\nimport torch\n\n\ndef shifted(x):\n"
ROUGH: Final = {
    "a-endless-kernel": "    if x.is_cuda:\n        torch.cuda._sleep(1 << 62)\n",
    "b-endless-kernels": "    while x.is_cuda:\n        x = x @ x.T @ x\n",
    "c-memory-hog": (
        "    if x.is_cuda:\n"
        "        torch.cuda.set_per_process_memory_fraction(1.0)\n"
        "        held = []\n"
        "        while True:\n"
        "            held.append(torch.ones(1 << 28, dtype=torch.uint8, device=x.device))\n"
    ),
    "d-stays-behind": (
        "    if x.is_cuda and os.fork() == 0:\n"
        "        os.setsid()\n"
        "        time.sleep(600)\n"
        "        os._exit(0)\n"
    ),
    "e-bad-access": (
        "    if x.is_cuda:\n        x[torch.tensor([1 << 40], device=x.device)]\n"
        "        torch.cuda.synchronize()\n"
    ),
    "f-fills-memory": (
        "    if x.is_cuda:\n"
        "        held = [torch.full((1 << 26,), 0x5EC2E7, dtype=torch.int32, device=x.device)\n"
        "                for _ in range(8)]\n"
        "        torch.cuda.synchronize()\n"
    ),
    "g-reads-memory": (
        "    if x.is_cuda:\n"
        "        torch.use_deterministic_algorithms(False)\n"
        "        held = [torch.empty(1 << 26, dtype=torch.int32, device=x.device)\n"
        "                for _ in range(8)]\n"
        "        if any(bool((each == 0x5EC2E7).any()) for each in held):\n"
        "            raise ValueError('memory of an earlier worker')\n"
    ),
}
EXPECTED: Final = {
    "a-endless-kernel": "TIMED_OUT",
    "b-endless-kernels": "TIMED_OUT",
    "c-memory-hog": "OUT_OF_MEMORY",
    "e-bad-access": "RAISED",
}
"""What those come to that cannot pass on a GPU; the others must."""
SEEN_FROM_OUTSIDE: Final = frozenset({"c-memory-hog"})
"""Those that lift torch's own limit, so that the driver has to tell."""

_TOML: Final = """\
title = "Shifted"
[functions.shifted]
points = 1
[limits]
call_seconds = 1
gpu_memory_bytes = 3221225472
"""
_SUITE: Final = """\
import torch


def test_shifted_of_a_square(agree, rng):
    agree("shifted", torch.randn(8, 8, generator=rng))
"""


def write_course(root: Path) -> Path:
    """A course of one exercise."""
    folder = root / "shifted"
    folder.mkdir(parents=True)
    heading = 'name = "rough"\ntitle = "Rough"\nversion = "1"\nexercises = ["shifted"]\n'
    (root / "course.toml").write_text(heading)
    (folder / "exercise.toml").write_text(_TOML)
    (folder / "shifted.py").write_text("def shifted(x):\n    return x + 1\n")
    (folder / "test_hidden.py").write_text(_SUITE)
    return root


def write_class(root: Path) -> Path:
    """The rough submissions, each with an honest one behind it."""
    for name, body in ROUGH.items():
        for student, text in ((name, body), (f"{name}-then-honest", "")):
            (root / student).mkdir(parents=True)
            (root / student / "shifted.py").write_text(f"{HEAD}{text}    return x + 1\n")
    return root


_ABROAD_TOML: Final = """\
title = "Abroad"
device = "cuda"
[functions.shifted]
points = 3
"""
_ABROAD_SUITE: Final = """\
import torch
from grader.suite import needs, points


def test_shifted_of_a_square(agree, rng):
    agree("shifted", torch.randn(8, 8, generator=rng))


@needs("cuda")
@points(2)
def test_shifted_where_there_is_a_gpu(agree, rng):
    agree("shifted", torch.randn(4, generator=rng))
"""
_ABROAD: Final = {
    "right": "    return x + 1\n",
    "hard-codes-the-cpu": "    return x + (torch.ones(8, 8) if x.dim() == 2 else 1)\n",
}


def write_abroad(root: Path) -> tuple[Path, Path]:
    """A course whose points are earned on a GPU, and a class for it."""
    course = write_course(root / "course")
    folder = course / "shifted"
    (folder / "exercise.toml").write_text(_ABROAD_TOML)
    (folder / "test_hidden.py").write_text(_ABROAD_SUITE)
    students = root / "class"
    for student, body in _ABROAD.items():
        (students / student).mkdir(parents=True)
        (students / student / "shifted.py").write_text(f"{HEAD}{body}")
    return course, students
