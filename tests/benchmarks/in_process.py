"""A plain pytest plugin that runs a hidden suite the way graders of today do: all in one process.

For comparison only. The student's file is imported beside the tests, `agree` is a comparison of
two Python calls, and nothing is isolated, diagnosed or timed.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch

from grader.suite.compare import Comparison
from grader.suite.expectation import expect as compare
from grader.suite.marks import DECLARATIONS
from grader.suite.telling import JudgedCall, Told, tell
from grader.suite.tolerance import Tolerance
from grader.worker.messages import Raised


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"loaded_{abs(hash(path))}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


STUDENT = _load(Path(os.environ["BENCH_SUBMISSION"]))
REFERENCE = _load(Path(os.environ["BENCH_REFERENCE"]))


class Agree:
    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison

    def using(
        self, *, rtol: Any = None, atol: Any = None, by_value: bool = False, **_: Any
    ) -> Agree:
        tolerance = None if rtol is None and atol is None else Tolerance(rtol or 0.0, atol or 0.0)
        return Agree(Comparison(tolerance, by_value))

    def _told(self, module: ModuleType, function: str, call: JudgedCall) -> Told:
        return tell(getattr(module, function), call)

    def _judge(self, function: str, args: Any, kwargs: Any, gradient: int | None = None) -> Any:
        call = JudgedCall(function, args, kwargs, 0, gradient_seed=gradient)
        expected = self._told(REFERENCE, function, call)
        got = self._told(STUDENT, function, call)
        if isinstance(expected, Raised) or isinstance(got, Raised):
            assert type(expected) is type(got)
            return None
        assert self._comparison.difference(expected.value, got.value) is None
        for ours, theirs in zip(expected.gradients, got.gradients, strict=True):
            if ours is not None:
                assert self._comparison.difference(ours, theirs) is None
        return got.value

    def __call__(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        return self._judge(function, args, kwargs)

    twice = speed = __call__

    def gradient(self, function: str, /, *args: Any, **kwargs: Any) -> Any:
        return self._judge(function, args, kwargs, 0)


class _Nothing:
    def __getattr__(self, _: str) -> Any:
        return lambda *_, **__: self


def pytest_configure(config: pytest.Config) -> None:
    for declaration in DECLARATIONS:
        config.addinivalue_line("markers", declaration)


@pytest.fixture
def agree() -> Agree:
    return Agree(Comparison())


@pytest.fixture
def student() -> ModuleType:
    return STUDENT


@pytest.fixture
def solution() -> ModuleType:
    return REFERENCE


@pytest.fixture
def expect() -> Any:
    return compare


@pytest.fixture
def rng() -> torch.Generator:
    return torch.Generator().manual_seed(0)


@pytest.fixture
def device() -> torch.device:
    return torch.device("cpu")


@pytest.fixture
def figure() -> Any:
    return lambda *_, **__: _Nothing()
