"""One submission under examination: whom to ask, whom to believe, and how much time is left."""

from __future__ import annotations

import difflib
import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
import torch

from grader.errors import SuiteError
from grader.forbidden.text import Use
from grader.records import Limits, Verdict
from grader.records.notebook import CellPlace, place_of
from grader.records.outcome import Finding
from grader.suite import findings, placement
from grader.suite.again import Again
from grader.suite.compare import Comparison
from grader.suite.findings import Unsatisfied
from grader.suite.oracle import LiveOracle, Oracle
from grader.suite.respondent import Respondent
from grader.suite.telling import GENERATOR, JudgedCall, Told, generator_state, is_same
from grader.worker.answers import Answer
from grader.worker.endings import Ended
from grader.worker.invoke import Observation
from grader.worker.messages import Absent, Barred, Expired, Loaded, Raised
from grader.worker.twins import PATHS, Twin, Witness
from grader.worker.values import Handle


class Examination:
    """What the fixtures of a suite share while one submission is judged.

    Attributes:
        worker: Holds the student's file.
        oracle: Holds the right answers.
        filename: The student's file, for sentences.
        device: Where tensors are put.
        limits: The submission's limits.
        seed: The submission's seed.
        cells: The code cells, if the file is a notebook.
        forbidden: For each function the dotted names that are ruled out for it.
        uses: For each function what its text uses of them.
        lost: For each function of which it is known why it is not there: why not.
        is_diagnosing: Whether to ask the misconceptions about a wrong answer.
        is_rounded: Whether an answer of this test was right only within a device's own rounding.
        again: The calls that are put once more at the end.
    """

    def __init__(
        self,
        worker: Respondent,
        oracle: Oracle,
        loaded: Loaded | Ended,
        *,
        filename: str,
        device: torch.device,
        limits: Limits,
        seed: int,
        cells: Sequence[CellPlace] = (),
        forbidden: Mapping[str, tuple[str, ...]] | None = None,
        uses: Mapping[str, Use] | None = None,
        lost: Mapping[str, str] | None = None,
    ) -> None:
        self.worker = worker
        self.oracle = oracle
        self.filename = filename
        self.device = device
        self.limits = limits
        self.seed = seed
        self._loaded = loaded
        self._cells = cells
        self._forbidden = forbidden or {}
        self._uses = uses or {}
        self._lost = lost or {}
        self._deadline = time.monotonic() + limits.submission_seconds
        self._dirty_calls = 0
        self._suspects: dict[str, tuple[str, ...]] = {}
        self._last: tuple[JudgedCall, Told] | None = None
        self.is_diagnosing = True
        self.is_rounded = False
        self.again = Again(seed)

    def place(self, line: int) -> str:
        """A line of the student's file in words: for a notebook it names the cell."""
        return place_of(line, self._cells)

    @property
    def is_server_used(self) -> bool:
        """Whether calls of an earlier test may have left something behind in the server."""
        return self._dirty_calls > 0

    def refresh(self) -> None:
        """Make the next call start from the state right after loading."""
        self.worker.refresh()
        self._dirty_calls = 0

    def seed_of(self, test: str) -> int:
        """The seed of one test: different per test and submission, the same at every run."""
        digest = hashlib.blake2b(f"{self.seed}/{test}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) >> 1

    def ask(self, call: JudgedCall, *, is_kept: bool = False) -> Observation | Raised:
        """Put one call to the student and wait for what comes of it; see `begin`."""
        return self.begin(call, is_kept=is_kept)()

    def begin(self, call: JudgedCall, *, is_kept: bool = False) -> Callable[[], Told]:
        """Put one call to the student; what is returned waits for the answer.

        Meanwhile the oracle may be asked: student and reference work at the same time.

        Raises:
            Unsatisfied: No answer came: the function is missing, hung, crashed, or the file
                could not be loaded at all.
        """
        self.require(call.function)
        left = self._deadline - time.monotonic()
        if left <= 0:
            rule = (
                "Not run: all tests together had used up the time of "
                f"{self.limits.submission_seconds:g} seconds."
            )
            raise Unsatisfied(Verdict.TIMED_OUT, Finding(rule=rule, call=call.text))
        seconds = min(self.limits.call_seconds, left)
        witness = self._witness() if call.watches_generator else None
        pending = self.worker.begin(
            call.function,
            call.args,
            call.kwargs,
            seed=call.seed,
            device=str(self.device),
            gradient_seed=call.gradient_seed,
            repeat=call.repeat,
            is_kept=is_kept,
            seconds=seconds,
            forbidden=self._forbidden.get(call.function, ()),
        )
        self._dirty_calls += 1
        return lambda: self._watched(self._told(pending(), call, seconds), witness)

    def diagnose(
        self, test: str, calls: Sequence[JudgedCall], seen: Told, comparison: Comparison
    ) -> tuple[str, ...]:
        """Names of the misconceptions that explain the student's last answer.

        Those that explained an earlier wrong answer of the same function are asked first, and
        the others only if none of them does: a training loop is not replayed for nothing.
        """
        if not self.is_diagnosing:
            return ()
        function = calls[-1].function
        suspects = self._suspects.get(function, ())
        found: tuple[str, ...] = ()
        if suspects:
            found = self.oracle.candidates(test, calls, seen, comparison, suspects)
        if not found:
            found = self.oracle.candidates(test, calls, seen, comparison)
        self._suspects[function] = tuple(dict.fromkeys((*found, *suspects)))
        return found

    def diagnose_all(
        self,
        test: str,
        before: Sequence[JudgedCall],
        answers: Sequence[tuple[JudgedCall, Told]],
        comparison: Comparison,
    ) -> tuple[str, ...]:
        """Names of the misconceptions that explain every one of these answers, also the right ones.

        Raises:
            SuiteError: There is no reference here: who answers right is not recorded.
        """
        if not isinstance(self.oracle, LiveOracle):
            raise SuiteError(f"{test}: agree.each needs the reference")
        calls = list(before)
        found: tuple[str, ...] = ()
        for call, seen in answers if self.is_diagnosing else ():
            calls.append(call)
            found = self.oracle.candidates(test, calls, seen, comparison, found)
            if not found:
                break
        return found

    def notice(self, expected: Told, got: Told, comparison: Comparison) -> None:
        """See whether a right answer would have been wrong on the CPU."""
        if self.device.type not in {"cpu", "meta"}:
            strict = msgspec.structs.replace(comparison, is_strict=True)
            self.is_rounded |= not is_same(expected, got, strict)

    def remember(self, call: JudgedCall, told: Told) -> None:
        """Keep the last plain answer, in case it turns out to be wrong."""
        self._last = (call, told)

    @property
    def home(self) -> torch.device | None:
        """Where what an author writes beside the last plain answer belongs.

        None if that is wherever the answer lies: one that stayed behind on the CPU may not, and
        one that the suite itself took there may.
        """
        if self.device.type == "cpu" or self._last is None:
            return None
        call, told = self._last
        is_behind = isinstance(told, Observation) and placement.stays_behind(told.value)
        return call.home if is_behind else None

    def explain(self, test: str, value: Any) -> tuple[str, ...]:
        """Names of the misconceptions that explain a plain answer, if it is the last one given."""
        if self._last is None:
            return ()
        call, told = self._last
        if isinstance(told, Raised) or told.value is not value:
            return ()
        return self.diagnose(test, [call], told, Comparison())

    def _witness(self) -> Handle | None:
        """Whom to ask in the worker where torch's global generator stands.

        (Every call begins by seeding it; reading an attribute does not.)
        """
        kept = self.worker.put(Twin.build(1, PATHS[Witness], (), {}))
        fetched = self.worker.fetch(kept, "local") if isinstance(kept, Handle) else None
        found = fetched.value if isinstance(fetched, Observation) else None
        return found if isinstance(found, Handle) else None

    def _watched(self, told: Told, witness: Handle | None) -> Told:
        """What was told, with where the call left the generator."""
        if witness is not None and isinstance(told, Observation):
            fetched = self.worker.fetch(witness, "next_numbers")
            if isinstance(fetched, Observation) and isinstance(fetched.value, torch.Tensor):
                told.states[GENERATOR] = generator_state(fetched.value)
        return told

    def _told(self, answer: Answer, call: JudgedCall, seconds: float) -> Observation | Raised:
        match answer:
            case Observation() | Raised():
                return answer
            case Expired():
                self._dirty_calls = 0
                raise findings.of_expired(answer, call.text, seconds, self.place)
            case Barred():
                raise self._barred(answer, call.function)
            case Absent():
                raise self._absent(answer, call.function)
            case Ended():
                self._dirty_calls = 0
                raise findings.of_ended(answer, call.text, self.place)

    def require(self, function: str) -> None:
        """Make sure that there is such a function to ask.

        Raises:
            Unsatisfied: The file could not be loaded, defines no such function, or uses in it what
                is ruled out.
        """
        if isinstance(self._loaded, Ended):
            raise findings.of_ended(self._loaded, None, self.place)
        syntax_error = self._loaded.syntax_error
        if syntax_error is not None:
            where = self.place(syntax_error.line)
            if not syntax_error.line:  # no text at all: the sentence says everything
                raise Unsatisfied(Verdict.MISSING, Finding(rule=syntax_error.error))
            rule = f"{self.filename} is not valid Python: look at {where}."
            raise Unsatisfied(
                Verdict.MISSING,
                Finding(rule=rule, detail=syntax_error.error, line=syntax_error.line),
            )
        if function not in self._loaded.names:
            absent = Absent(0, is_defined=False)
            raise self._absent(absent, function)
        if (use := self._uses.get(function)) is not None:
            detail = f"Found in the text: {use.spelling}"
            raise findings.of_forbidden(use.name, function, use.line, detail, self.place)

    def _barred(self, barred: Barred, function: str) -> Unsatisfied:
        """What the watch in the server noted."""
        names = self._forbidden.get(function, ())
        name = names[barred.index] if 0 <= barred.index < len(names) else "what is ruled out"
        detail = "Seen while it ran, by the watch in the server."
        return findings.of_forbidden(name, function, barred.line, detail, self.place)

    def _absent(self, absent: Absent, function: str) -> Unsatisfied:
        why = self._lost.get(function, "")
        return findings.of_absent(absent, function, self.filename, self._near(function), why)

    def _near(self, function: str) -> tuple[str, ...]:
        names: Sequence[str] = () if isinstance(self._loaded, Ended) else self._loaded.names
        return tuple(
            name
            for name in difflib.get_close_matches(function, names, 1, 0.75)
            if name.isidentifier()
        )
