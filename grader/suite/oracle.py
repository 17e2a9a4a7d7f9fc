"""Who knows the right answers, and what each misconception would have answered.

`LiveOracle` runs the reference and the misconceptions in this trusted process. A public suite on
a student's machine uses `grader.suite.recording.RecordedOracle` instead.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final, Protocol

import torch

from grader.errors import SuiteError
from grader.records import Mistake
from grader.suite.compare import Comparison
from grader.suite.telling import JudgedCall, Told, is_same, tell

LOOP: Final = "LOOP"
"""The code of a Python loop over a tensor: right, but too slow."""
_LARGE: Final = 100_000


class Oracle(Protocol):
    """Answers what the right answer is, and who else would have answered as the student did."""

    def expected(self, test: str, calls: Sequence[JudgedCall]) -> Told:
        """What the reference does at the last of these calls."""
        ...

    def candidates(
        self,
        test: str,
        calls: Sequence[JudgedCall],
        seen: Told,
        comparison: Comparison,
        only: Collection[str] = (),
    ) -> tuple[str, ...]:
        """Names of the misconceptions that do what the student did at the last call.

        `only` these are asked, or all if it is empty.
        """
        ...


class Misconception:
    """One wrong way to write one function.

    Attributes:
        mistake: What it is called and what is said of it.
        fails: The tests, without parameters, that it must fail.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; nothing of it is kept running.

        Raises:
            SuiteError: It does not say which mistake it is, or does not define its function.
        """
        self._path = path
        self._code: CodeType = compile(path.read_bytes(), str(path), "exec")
        namespace = self._run()
        for name in ("function", "code", "fails"):
            if name not in namespace:
                raise SuiteError(f"{path}: a misconception must define `{name}`")
        title, _, hint = (namespace.get("__doc__") or "").strip().partition("\n")
        if not title or not hint.strip():
            raise SuiteError(f"{path}: the docstring must hold a title line and a hint")
        function = str(namespace["function"])
        if not callable(namespace.get(function)):
            raise SuiteError(f"{path}: it does not define the function {function}")
        self.fails: tuple[str, ...] = tuple(namespace["fails"])
        self.mistake = Mistake(
            name=path.stem,
            function=function,
            code=str(namespace["code"]),
            title=title.strip(),
            hint=" ".join(hint.split()),
        )

    def after(self, calls: Sequence[JudgedCall]) -> Told:
        """What it does at the last of these calls, started afresh before the first."""
        function = self._run()[self.mistake.function]
        told: Told | None = None
        for call in calls:
            told = tell(function, call)
        if told is None:
            raise SuiteError(f"{self._path}: asked for nothing")
        return told

    def _run(self) -> dict[str, Any]:
        namespace: dict[str, Any] = {"__name__": self._path.stem}
        exec(self._code, namespace)  # noqa: S102 - the course's own file
        return namespace


class LiveOracle:
    """The reference and the misconceptions of one exercise, in this process."""

    def __init__(self, reference: ModuleType, misconceptions: Sequence[Misconception]) -> None:
        self.reference = reference
        self.misconceptions = tuple(misconceptions)

    @classmethod
    def load(cls, reference: Path, misconceptions: Sequence[Path]) -> LiveOracle:
        """Read an exercise's reference and misconceptions.

        Raises:
            SuiteError: One of the files does not run or does not say what it must.
        """
        try:
            module = _module(reference)
            return cls(module, [Misconception(path) for path in misconceptions])
        except SuiteError:
            raise
        except (Exception, SystemExit) as error:
            raise SuiteError(f"{reference.parent}: {type(error).__name__}: {error}") from error

    def function(self, name: str) -> Callable[..., Any]:
        """The reference's function.

        Raises:
            SuiteError: It has none of that name.
        """
        function = getattr(self.reference, name, None)
        if not callable(function):
            raise SuiteError(f"{self.reference.__file__}: the reference defines no {name}")
        return function  # type: ignore[no-any-return]

    def expected(self, test: str, calls: Sequence[JudgedCall]) -> Told:
        """See `Oracle`."""
        del test
        return tell(self.function(calls[-1].function), calls[-1])

    def candidates(
        self,
        test: str,
        calls: Sequence[JudgedCall],
        seen: Told,
        comparison: Comparison,
        only: Collection[str] = (),
    ) -> tuple[str, ...]:
        """See `Oracle`."""
        del test
        function = calls[-1].function
        is_large = any(isinstance(a, torch.Tensor) and a.numel() > _LARGE for a in calls[-1].args)
        own = [call for call in calls if call.function == function]
        return tuple(
            misconception.mistake.name
            for misconception in self.misconceptions
            if misconception.mistake.function == function
            and (not only or misconception.mistake.name in only)
            # A loop answers right, only late: over a whole frame it would keep us for seconds.
            and not (is_large and misconception.mistake.code == LOOP)
            and is_same(misconception.after(own), seen, comparison)
        )

    def slow(self, function: str, test: str) -> tuple[str, ...]:
        """Names of the misconceptions that are known to be too slow for this test."""
        return tuple(
            m.mistake.name
            for m in self.misconceptions
            if m.mistake.function == function and test in m.fails and m.mistake.code == LOOP
        )


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reference_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SuiteError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
