"""The fixtures of a suite, as one pytest plugin, and what a running test leaves behind.

The station sets `current` before it runs an item; fixtures read it. One station runs one item of
one submission at a time, so there is exactly one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any

import pytest
import torch

from grader.errors import SuiteError
from grader.records import Figure
from grader.suite import findings, modules
from grader.suite.agree import Agree
from grader.suite.examination import Examination
from grader.suite.expectation import expect as expect_value
from grader.suite.figures import Sketch
from grader.suite.oracle import LiveOracle
from grader.suite.portrait import Portrait
from grader.suite.telling import JudgedCall, answered
from grader.worker.messages import Raised
from grader.worker.twins import PATHS, Twin
from grader.worker.values import Handle


class SuiteFixtures:
    """The plugin.

    Attributes:
        current: The submission under examination, while a test runs.
        test: The name of the running test. (Asking pytest's `request` for it would cost more than
            the rest of a fixture.)
        sketches: Figures that the running test has attached.
    """

    def __init__(self) -> None:
        self.current: Examination | None = None
        self.test = ""
        self.sketches: list[Sketch] = []

    def figures(self) -> tuple[Figure, ...]:
        """The figures of the test that just ran; forgotten afterwards."""
        drawn = tuple(figure for sketch in self.sketches if (figure := sketch.figure()) is not None)
        self.sketches.clear()
        return drawn

    @property
    def _examination(self) -> Examination:
        if self.current is None:
            raise SuiteError("a fixture of the suite is used where no submission is examined")
        return self.current

    @property
    def _seed(self) -> int:
        return self._examination.seed_of(self.test)

    @pytest.fixture
    def agree(self) -> Agree:
        """Compare the student's function with the reference."""
        return Agree(self._examination, self.test)

    @pytest.fixture
    def expect(self) -> Callable[..., None]:
        """Compare a value with one the author writes.

        A value computed from the last answer names that answer (`of=`), so that the
        misconceptions can be asked which of them gives it.
        """
        examination, test = self._examination, self.test

        def compare(value: Any, expected: Any, *, of: Any = None) -> None:
            answer = value if of is None else of
            home = examination.home
            expect_value(value, expected, lambda: examination.explain(test, answer), home)

        return compare

    @pytest.fixture
    def student(self) -> Any:
        """The student's functions; each call gives plain data."""
        return _Student(self._examination, self._seed)

    @pytest.fixture
    def solution(self) -> Any:
        """The reference's functions, asked as the student's are; in hidden suites only.

        They are given copies, which lie where the student's do.
        """
        oracle = self._examination.oracle
        if not isinstance(oracle, LiveOracle):
            raise SuiteError("`solution` is not at hand in a public suite: use `agree`")
        device, seeds = str(self._examination.device), itertools.count(self._seed)

        def asked(name: str, item: Any) -> Any:
            if not isinstance(item, FunctionType):
                return item  # a class, say

            def ask(*args: Any, **kwargs: Any) -> Any:
                return answered(item, JudgedCall(name, args, kwargs, next(seeds), device))

            return ask

        named = vars(oracle.reference).items()
        return SimpleNamespace(
            **{name: asked(name, item) for name, item in named if callable(item)}
        )

    @pytest.fixture
    def rng(self) -> torch.Generator:
        """A generator of this test's own, seeded anew for each submission."""
        return torch.Generator().manual_seed(self._seed)

    @pytest.fixture
    def device(self) -> torch.device:
        """Where the submission is examined."""
        return self._examination.device

    @pytest.fixture
    def twin(self) -> Callable[..., Twin]:
        """Build the same torch object on both sides."""
        keys = itertools.count(1)
        test_seed = self._seed

        def build(kind: type, *args: Any, seed: int | None = None, **kwargs: Any) -> Twin:
            path = PATHS.get(kind)
            if path is None:
                raise SuiteError(
                    f"twin: {kind!r} is not on the list of {', '.join(PATHS.values())}"
                )
            with torch.random.fork_rng(devices=[]):
                torch.manual_seed(test_seed if seed is None else seed)
                return Twin.build(next(keys), path, args, kwargs)

        return build

    @pytest.fixture
    def figure(self) -> Callable[..., Sketch]:
        """Attach a picture to the test's result, whether or not it passes."""

        def start(title: str, *, x: str = "", y: str = "", public: bool = False) -> Sketch:
            sketch = Sketch(title, x, y, is_public=public)
            self.sketches.append(sketch)
            return sketch

        return start


class _Student:
    """A proxy: `student.softmax(x, dim=1)` asks the worker.

    Each call finds torch's global generator elsewhere: no answer may hang on it. Of a module the
    tuple of its weights comes back.
    """

    def __init__(self, examination: Examination, seed: int) -> None:
        self._examination = examination
        self._seeds = itertools.count(seed)

    def __getattr__(self, function: str) -> Callable[..., Any]:
        examination, seeds = self._examination, self._seeds

        def ask(*args: Any, **kwargs: Any) -> Any:
            call = JudgedCall(function, args, kwargs, next(seeds), str(examination.device))
            told = examination.ask(call)
            if isinstance(told, Raised):
                raise findings.of_raised(told, call.text, (), examination.place)
            if isinstance(told.value, Handle | torch.nn.Module):
                seen = modules.portray(told.value, examination.worker, call.seed, call.device)
                if isinstance(seen, Portrait):
                    told.value = seen
            call, told = modules.plain(call, told)
            examination.remember(call, told)
            return told.value

        return ask
