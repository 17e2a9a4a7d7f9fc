"""Who knows the right answers, and what each misconception would have answered.

`LiveOracle` runs the reference and the misconceptions in this trusted process. A public suite on
a student's machine uses `grader.suite.recording.RecordedOracle` instead.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Final, Protocol

import msgspec
import torch

from grader.errors import SuiteError
from grader.records import Mistake
from grader.suite.compare import Comparison
from grader.worker.invoke import BackwardError, Observation, invoke
from grader.worker.messages import Raised
from grader.worker.twins import Twin, state_of

LOOP: Final = "LOOP"
"""The code of a Python loop over a tensor: right, but too slow."""
_LARGE: Final = 100_000
Told = Observation | Raised
"""What a function did: it answered, or it raised."""


class JudgedCall(msgspec.Struct, frozen=True):
    """One call of a test, as it is put to the student and to the oracle."""

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    seed: int
    device: str = "cpu"
    gradient_seed: int | None = None
    repeat: int = 1


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
        except Exception as error:
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


def tell(function: Callable[..., Any], call: JudgedCall) -> Told:
    """Run one of our own functions on copies of a call's arguments, on the call's device."""
    copier = _Copier(torch.device(call.device))
    args = tuple(copier.copy(item) for item in call.args)
    kwargs = {name: copier.copy(item) for name, item in call.kwargs.items()}
    try:
        return invoke(
            function,
            args,
            kwargs,
            seed=call.seed,
            gradient_seed=call.gradient_seed,
            repeat=call.repeat,
        )
    except BackwardError as error:
        return _raised(error.__cause__ or error, while_backward=True)
    except Exception as error:  # noqa: BLE001 - what the reference raises, students must raise
        return _raised(error)


def timed(function: Callable[..., Any], call: JudgedCall) -> tuple[Told, float]:
    """The same without looking for changed arguments, and the seconds that the call alone took."""
    copier = _Copier(torch.device(call.device))
    args = tuple(copier.copy(item) for item in call.args)
    kwargs = {name: copier.copy(item) for name, item in call.kwargs.items()}
    start = time.perf_counter()
    told = invoke(function, args, kwargs, seed=call.seed, watches_changes=False)
    return told, time.perf_counter() - start


def is_same(told: Told, seen: Told, comparison: Comparison) -> bool:
    """Whether two functions did the same: value, changed arguments, gradients, or exception."""
    if isinstance(told, Raised) or isinstance(seen, Raised):
        return (
            isinstance(told, Raised)
            and isinstance(seen, Raised)
            and told.kinds[:1] == seen.kinds[:1]
            and told.while_backward == seen.while_backward
            and _letters(told.message) == _letters(seen.message)
        )
    try:
        if comparison.difference(told.value, seen.value) is not None:
            return False
    except TypeError:
        return False
    if told.changed != seen.changed or len(told.gradients) != len(seen.gradients):
        return False
    for ours, theirs in zip(told.gradients, seen.gradients, strict=True):
        if (ours is None) != (theirs is None):
            return False
        if ours is not None and comparison.difference(ours, theirs) is not None:
            return False
    return all(
        comparison.difference(state, seen.states.get(key)) is None
        for key, state in told.states.items()
    )


class _Copier:
    """Copies one call's arguments so that they may be changed; twins keep their relations."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._twins: dict[int, Twin] = {}

    def copy(self, item: Any) -> Any:
        match item:
            case torch.Tensor():
                copied = torch.empty_strided(item.shape, item.stride(), dtype=item.dtype)
                copied = copied.copy_(item.detach()).to(self._device)
                return copied.requires_grad_(item.requires_grad)
            case list():
                return [self.copy(part) for part in item]
            case tuple():
                return tuple(self.copy(part) for part in item)
            case dict():
                return {key: self.copy(part) for key, part in item.items()}
            case Twin():
                return self._twin(item)
            case _:
                return item

    def _twin(self, twin: Twin) -> Twin:
        if twin.key not in self._twins:
            args = tuple(self.copy(part) for part in twin.args)
            kwargs = {name: self.copy(part) for name, part in twin.kwargs.items()}
            copied = Twin.build(twin.key, twin.path, args, kwargs)
            copied.load(state_of(twin.local), self._device)
            self._twins[twin.key] = copied
        return self._twins[twin.key]


def _raised(error: BaseException, *, while_backward: bool = False) -> Raised:
    kinds = tuple(kind.__name__ for kind in type(error).__mro__[:-1])
    return Raised(0, kinds, str(error)[:2000], None, "", while_backward)


def _letters(message: str) -> str:
    """A message without its numbers, so that sizes and addresses do not matter."""
    return re.sub(r"[^a-zA-Z]+", " ", message)[:200]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"reference_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise SuiteError(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
