"""The floor: a parent with torch imported forks a child per submission, without any isolation.

The child imports the submission and runs the inputs of the hidden suite in its own process. There
is no comparison, no sandbox and no protocol: nothing that grades can be faster than this.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from grader.suite.telling import JudgedCall
from grader.worker.invoke import BackwardError, invoke


def floor_seconds(path: Path, calls: Sequence[JudgedCall], jobs: int, repeats: int) -> float:
    """Wall seconds per submission when `repeats` submissions run, `jobs` at a time."""
    torch.set_num_threads(1)
    start = time.perf_counter()
    running = 0
    for _ in range(repeats):
        if running == jobs:
            os.wait()
            running -= 1
        if os.fork() == 0:
            _run(path, calls)
        running += 1
    while running:
        os.wait()
        running -= 1
    return (time.perf_counter() - start) / repeats


def _run(path: Path, calls: Sequence[JudgedCall]) -> None:
    code = 1
    try:
        spec = importlib.util.spec_from_file_location("submission", path)
        assert spec is not None
        assert spec.loader is not None
        module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for call in calls:
            with contextlib.suppress(ValueError, BackwardError):
                invoke(
                    getattr(module, call.function),
                    call.args,
                    call.kwargs,
                    seed=call.seed,
                    gradient_seed=call.gradient_seed,
                    repeat=call.repeat,
                    watches_changes=False,
                )
        code = 0
    finally:
        os._exit(code)
