"""Public suites on a machine without solutions: the oracle's answers, recorded at release.

`record` runs a public suite with the reference in the student's place and writes down what the
reference and every misconception answer to its fixed inputs. `RecordedOracle` reads them back, so
that `grade check` names mistakes too, offline, and gives away nothing but answers to public inputs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from grader.errors import SuiteError
from grader.records import Mistake
from grader.suite import describe
from grader.suite.compare import Comparison
from grader.suite.oracle import LiveOracle
from grader.suite.placement import placed
from grader.suite.plain import from_plain, to_plain
from grader.suite.telling import GENERATOR, JudgedCall, Told, is_same
from grader.worker.invoke import Observation
from grader.worker.messages import Raised
from grader.worker.twins import Twin

SCHEMA: Final = 1
"""Of the file `test_public.answers.json`."""


class Recorder:
    """An oracle that answers live and writes down all that it says.

    Attributes:
        live: The reference and the misconceptions.
        answers: Per test and per call, in order: the call as text, the expected answer, and
            what each misconception answers instead.
    """

    def __init__(self, live: LiveOracle) -> None:
        self.live = live
        self.answers: dict[str, list[dict[str, Any]]] = {}

    def expected(self, test: str, calls: Sequence[JudgedCall]) -> Told:
        """See `Oracle`."""
        told = self.live.expected(test, calls)
        function = calls[-1].function
        wrong: dict[str, dict[str, Any]] = {}
        for misconception in self.live.misconceptions:
            if misconception.mistake.function == function:
                answer = misconception.after([c for c in calls if c.function == function])
                if not is_same(told, answer, Comparison()):
                    wrong[misconception.mistake.name] = _plain(answer)
        entry = {
            "call": _signature(calls[-1]),
            "given": _given(calls[-1]),
            "expected": _plain(told),
            "mistaken": wrong,
        }
        self.answers.setdefault(test, []).append(entry)
        return told

    def candidates(
        self,
        test: str,
        calls: Sequence[JudgedCall],
        seen: Told,
        comparison: Comparison,
        only: Collection[str] = (),
    ) -> tuple[str, ...]:
        """See `Oracle`."""
        return self.live.candidates(test, calls, seen, comparison, only)

    def document(self) -> bytes:
        """The recording as JSON, the same bytes for the same answers."""
        mistakes = [
            msgspec.to_builtins(misconception.mistake) for misconception in self.live.misconceptions
        ]
        content = {"schema": SCHEMA, "mistakes": mistakes, "tests": self.answers}
        return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


class RecordedOracle:
    """The oracle of a public suite.

    Attributes:
        mistakes: What is said of each misconception.
    """

    def __init__(
        self, path: Path, tests: dict[str, list[dict[str, Any]]], mistakes: Sequence[Mistake]
    ) -> None:
        self._path = path
        self._tests = tests
        self.mistakes = tuple(mistakes)

    @classmethod
    def load(cls, path: Path) -> RecordedOracle:
        """Read a recording.

        Raises:
            SuiteError: The file is not there or is not a recording.
        """
        try:
            content = json.loads(path.read_bytes())
            if content["schema"] != SCHEMA:
                raise SuiteError(
                    f"{path}: written by another version of grade; get the course anew"
                )
            mistakes = [Mistake(**mistake) for mistake in content["mistakes"]]
            return cls(path, dict(content["tests"]), mistakes)
        except OSError as error:
            raise SuiteError(f"{path}: {error.strerror}; get the exercise's folder anew") from None
        except (ValueError, KeyError, TypeError) as error:
            raise SuiteError(f"{path}: not a recording ({error}); get the course anew") from None

    def expected(self, test: str, calls: Sequence[JudgedCall]) -> Told:
        """See `Oracle`."""
        return _told(self._entry(test, calls)["expected"], calls[-1])

    def candidates(
        self,
        test: str,
        calls: Sequence[JudgedCall],
        seen: Told,
        comparison: Comparison,
        only: Collection[str] = (),
    ) -> tuple[str, ...]:
        """See `Oracle`."""
        del only  # nothing is computed here: all may be asked
        entry = self._find(test, calls)
        mistaken = entry["mistaken"] if entry is not None else {}
        return tuple(
            name
            for name, answer in mistaken.items()
            if is_same(_told(answer, calls[-1]), seen, comparison)
        )

    def _entry(self, test: str, calls: Sequence[JudgedCall]) -> dict[str, Any]:
        entry = self._find(test, calls)
        if entry is None:
            raise SuiteError(
                f"{self._path.with_name('test_public.py')}: {test} was changed since it came with "
                "the course; there is no recorded answer to what it asks now. Get the file anew"
            )
        return entry

    def _find(self, test: str, calls: Sequence[JudgedCall]) -> dict[str, Any] | None:
        entries = self._tests.get(test, [])
        if len(entries) >= len(calls):
            entry, call = entries[len(calls) - 1], calls[-1]
            # The numbers are told apart too, but for the last digits: processors differ in them.
            if entry["call"] == _signature(call) and _is_close(entry["given"], _given(call)):
                return entry
        return None


def is_same_recording(released: bytes, fresh: bytes) -> bool:
    """Whether two recordings say the same; processors may differ in the last digits of a number."""
    try:
        return _is_close(json.loads(released), json.loads(fresh))
    except ValueError:
        return False


def _is_close(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-5)
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(_is_close(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_is_close, one, other))
    return bool(one == other)


def _given(call: JudgedCall) -> list[Any]:
    """The numbers of the call; a twin's follow from its seed."""
    items = [*call.args, *call.kwargs.values()]
    return [None if isinstance(item, Twin) else to_plain(item) for item in items]


def _signature(call: JudgedCall) -> str:
    """What kind of call it is, without its numbers; an earlier answer may lie on a device."""
    parts = [describe.summary(item).partition(" on ")[0] for item in call.args]
    parts += [
        f"{name}={describe.summary(item).partition(' on ')[0]}"
        for name, item in call.kwargs.items()
    ]
    suffix = " with gradient" if call.gradient_seed is not None else ""
    suffix += " twice" if call.repeat > 1 else ""
    suffix += " beside the generator" if call.watches_generator else ""
    return f"{call.function}({', '.join(parts)}){suffix}"


def _plain(told: Told) -> dict[str, Any]:
    if isinstance(told, Raised):
        raised: dict[str, Any] = {"raised": list(told.kinds), "message": told.message}
        return {**raised, "backward": True} if told.while_backward else raised
    plain: dict[str, Any] = {"value": to_plain(told.value)}
    if told.changed:
        plain["changed"] = list(told.changed)
    if told.gradients:
        plain["gradients"] = [to_plain(gradient) for gradient in told.gradients]
    if told.states:
        plain["states"] = {str(key): to_plain(state) for key, state in told.states.items()}
    return plain


def _told(plain: dict[str, Any], call: JudgedCall) -> Told:
    """What was recorded on the CPU, as it would be told of this call."""
    if "raised" in plain:
        kinds, is_backward = tuple(plain["raised"]), bool(plain.get("backward", False))
        return Raised(0, kinds, str(plain["message"]), None, "", is_backward)

    def at_home(item: Any) -> Any:
        return placed(from_plain(item), call.home)

    states = {int(key): from_plain(state) for key, state in plain.get("states", {}).items()}
    return Observation(
        at_home(plain["value"]),
        tuple(plain.get("changed", ())),
        tuple(map(at_home, plain.get("gradients", ()))),
        # torch's global generator is that of the CPU wherever the call was made.
        {key: s if key == GENERATOR else placed(s, call.home) for key, s in states.items()},
    )
