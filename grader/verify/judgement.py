"""From the results of an exercise's candidates to what they say about its claims: a pure function.

A test that the reference itself fails is reported once, and held against nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from grader.course.model import HIDDEN_SUITE, MISCONCEPTIONS
from grader.device import Looks
from grader.records import Result, Status, TestResult, Verdict
from grader.suite.oracle import Misconception
from grader.verify.abroad import told_abroad
from grader.verify.candidates import Candidate, Candidates, Kind
from grader.verify.claims import Claim, Problem
from grader.verify.proof import Figures
from grader.verify.wording import base, either, fails, gist, some, why, word

_ON_CPU = Looks("cpu")
_CLOSE = 1e-4
"""Points are rounded where they are shared out."""


class Judgement:
    """What the results of one exercise say.

    Args:
        candidates: The exercise's candidates.
        results: The result of each, by its student's name.
        looks: Where they were to be looked at.

    Attributes:
        problems: Where claims do not hold.
    """

    def __init__(
        self, candidates: Candidates, results: Mapping[str, Result], looks: Looks = _ON_CPU
    ) -> None:
        self._candidates = candidates
        self._looks = looks
        self._exercise = candidates.exercise
        self._pairs = [
            (each, results[each.submission.student])
            for each in candidates.candidates
            if each.kind is not Kind.MUTANT
        ]
        self._references = [result for _, result in self._of(Kind.REFERENCE)]
        self._unsound = {
            test.name for result in self._references for test in result.tests if fails(test)
        }
        self.problems = (*candidates.problems, *self._problems())

    @property
    def is_gradable(self) -> bool:
        """Whether the reference could be graded, so that claims mean something."""
        return all(result.status is Status.GRADED for result in self._references)

    @property
    def figures(self) -> Figures:
        """How much was looked at."""
        named = [
            test.diagnosis == misconception.mistake.code
            for misconception, result in self._misconceptions()
            for test in result.tests
            if fails(test) and base(test.name) in misconception.fails
        ]
        return Figures(
            functions=len(self._exercise.functions),
            tests=len(self._references[0].tests),
            misconceptions=len(self._candidates.misconceptions),
            seeds=len(self._references),
            failures=len(named),
            diagnosed=sum(named),
        )

    def _problems(self) -> Iterator[Problem]:
        yield from self._not_gradable()
        if self.is_gradable:
            yield from self._points()
            yield from self._reference()
            yield from self._abroad()
            yield from self._notebook()
            yield from self._stub()
            yield from self._empty()
            for misconception, result in self._misconceptions():
                if result.status is Status.GRADED:
                    yield from self._misconception(misconception, result)

    def _of(self, kind: Kind) -> list[tuple[Candidate, Result]]:
        return [(candidate, result) for candidate, result in self._pairs if candidate.kind is kind]

    def _misconceptions(self) -> list[tuple[Misconception, Result]]:
        named = self._candidates.misconceptions
        return [(named[each.name], result) for each, result in self._of(Kind.MISCONCEPTION)]

    def _not_gradable(self) -> Iterator[Problem]:
        """Each cause once, with those it keeps from being judged."""
        causes: dict[tuple[str, str], list[Candidate]] = {}
        reasons: dict[tuple[str, str], str] = {}
        for candidate, result in self._pairs:
            for where, reason in _causes(result):
                # A test's words may differ from one answer to the next; the test is what to mend.
                cause = (where, "" if where else reason)
                causes.setdefault(cause, []).append(candidate)
                reasons.setdefault(cause, reason)
        for cause, candidates in causes.items():
            reason = gist(reasons[cause], self._exercise.folder.parent)
            yield self._problem(
                Claim.GRADABLE,
                cause[0],
                f"It cannot judge {self._them(candidates)}: {reason}",
                "Mend what is named here; until then nothing else of it is proved.",
            )

    def _them(self, candidates: Sequence[Candidate]) -> str:
        if len(candidates) == len(self._pairs):
            return "anybody"
        first, others = f"`{candidates[0].submission.student}`", len(candidates) - 1
        return f"{first} and {others} other{'s' * (others > 1)}" if others else first

    def _points(self) -> Iterator[Problem]:
        tests = self._references[0].tests
        for function in self._exercise.functions:
            own = [test for test in tests if test.function == function.name]
            worth = sum(test.max_points for test in own)
            is_skipping = any(test.verdict is Verdict.SKIPPED for test in own)
            if worth > function.points + _CLOSE or (
                worth < function.points - _CLOSE and not is_skipping
            ):
                yield self._problem(
                    Claim.POINTS,
                    "",
                    f"The tests of {function.name} are worth {worth:g} points together; "
                    f"exercise.toml says {function.points:g}.",
                    "Give the function hidden tests, or change its points.",
                )

    def _notebook(self) -> Iterator[Problem]:
        """What fails as a file, too, is told of the file."""
        for _, result in self._of(Kind.NOTEBOOK):
            for test in result.tests:
                if fails(test) and test.name not in self._unsound:
                    yield self._problem(
                        Claim.NOTEBOOK,
                        f"{HIDDEN_SUITE}::{test.name}",
                        f"As a notebook, the reference is {word(test)} here: {why(test)}",
                        "Mend the reference: it must not hang on being run as a file.",
                    )

    def _reference(self) -> Iterator[Problem]:
        for problem in self._references[0].load_problems:
            yield self._problem(
                Claim.REFERENCE,
                self._exercise.file,
                f"Line {problem.line} of the reference fails while it loads: {problem.error}.",
                "Mend the line: in a worker there is torch, and no file of the course.",
            )
        count = len(self._references)
        for test in dict.fromkeys(t.name for r in self._references for t in r.tests):
            failed = [
                (result, each)
                for result in self._references
                for each in result.tests
                if each.name == test and fails(each)
            ]
            if not failed:
                continue
            result, first = failed[0]
            again = f"`grade run {self._exercise.reference_path} --seed {result.seed}` shows it."
            is_always = len(failed) == count
            often = "" if is_always else f" with {len(failed)} of {count} seeds"
            yield self._problem(
                Claim.REFERENCE if is_always else Claim.STEADY,
                f"{HIDDEN_SUITE}::{test}",
                f"The reference is {word(first)} here{often}: {why(first)}",
                f"Mend the reference or the test. {again}"
                if is_always
                else f"Keep the random data away from ties and borders. {again}",
            )

    def _abroad(self) -> Iterator[Problem]:
        for name, what, todo in told_abroad(self._references, self._looks):
            where = f"{HIDDEN_SUITE}::{name}" if name else ""
            yield self._problem(Claim.DEVICE, where, what, todo)

    def _stub(self) -> Iterator[Problem]:
        for _, result in self._of(Kind.STUB):
            for problem in result.load_problems:
                yield self._problem(
                    Claim.STUB,
                    self._exercise.file,
                    f"Of the stub, line {problem.line} fails while it loads: {problem.error}.",
                    "Keep what students need outside of the solution regions.",
                )
            for test in result.tests:
                if test.is_passed:
                    yield self._problem(
                        Claim.STUB,
                        f"{HIDDEN_SUITE}::{test.name}",
                        f"The stub passes it; that is {test.points:.2g} of the points.",
                        "Put the whole answer between the markers, or ask for more.",
                    )
                elif test.verdict not in (Verdict.NOT_ATTEMPTED, Verdict.SKIPPED):
                    yield self._problem(
                        Claim.STUB,
                        f"{HIDDEN_SUITE}::{test.name}",
                        f"Of the stub it says {word(test)}, not that nothing is written yet.",
                        "Let the test call the function before it does anything else.",
                    )

    def _empty(self) -> Iterator[Problem]:
        passing: dict[str, list[str]] = {}
        for candidate, result in self._of(Kind.EMPTY):
            for test in result.tests:
                if test.is_passed:
                    passing.setdefault(test.name, []).append(candidate.name)
        for name, answers in passing.items():
            yield self._problem(
                Claim.EMPTY,
                f"{HIDDEN_SUITE}::{name}",
                f"It passes on a function that always answers {either(answers)}.",
                "Ask in the same test for something of which that is not the right answer.",
            )

    def _misconception(self, misconception: Misconception, result: Result) -> Iterator[Problem]:
        mistake = misconception.mistake
        where = f"{MISCONCEPTIONS}/{mistake.name}.py"
        failed = [test for test in result.tests if fails(test) and test.name not in self._unsound]
        names = {base(test.name) for test in self._references[0].tests}
        missed = [
            name
            for name in misconception.fails
            if name not in {base(test.name) for test in failed} and not self._is_unsound(name)
        ]
        if not misconception.fails:
            what = f"It names no test that it fails; it fails {some(failed)}."
            yield self._problem(Claim.CAUGHT, where, what, "Name them in `fails`.")
        for name in missed:
            there = "passes" if name in names else "names"
            note = "" if name in names else ", and there is no such hidden test"
            yield self._problem(
                Claim.CAUGHT,
                where,
                f"It {there} {name}{note}.",
                "Ask there for what it does wrong, or correct `fails`.",
            )
        for test in failed:
            if test.function != mistake.function:
                yield self._problem(
                    Claim.ALONE,
                    where,
                    f"It is about {mistake.function}, but fails {test.name} too.",
                    f"Let the reference's {test.function} do without {mistake.function}, or name "
                    "no more in the file than the one function.",
                )
        yield from self._named(misconception, where, failed)

    def _named(
        self, misconception: Misconception, where: str, failed: Sequence[TestResult]
    ) -> Iterator[Problem]:
        mistake = misconception.mistake
        own = [test for test in failed if test.function == mistake.function]
        others: dict[str, list[TestResult]] = {}
        for test in own:
            if test.diagnosis not in (None, mistake.code):
                others.setdefault(str(test.diagnosis), []).append(test)
        for code, tests in others.items():
            yield self._problem(
                Claim.NAMED,
                where,
                f"It is {mistake.code}, and is diagnosed as {code} by {some(tests)}.",
                f"Add a test that tells {mistake.code} from {code}.",
            )
        if own and all(test.diagnosis is None for test in own):
            yield self._problem(
                Claim.NAMED,
                where,
                f"None of the tests it fails is diagnosed: {some(own)}.",
                "Ask for something at which it differs from every other misconception of "
                f"{mistake.function}; where two fit equally well, neither is named.",
            )

    def _is_unsound(self, name: str) -> bool:
        return name in {base(test) for test in self._unsound}

    def _problem(self, claim: Claim, where: str, what: str, todo: str) -> Problem:
        place = f"{self._exercise.name}/{where}" if where else f"{self._exercise.name}/"
        return Problem(exercise=self._exercise.name, claim=claim, where=place, what=what, todo=todo)


def _causes(result: Result) -> list[tuple[str, str]]:
    """Why a candidate cannot be graded: the test that broke, if it was one, and the reason."""
    if result.status is Status.GRADED:
        return []
    broken = [test for test in result.tests if test.verdict is Verdict.GRADER_ERROR]
    return [(f"{HIDDEN_SUITE}::{test.name}", test.reason or "") for test in broken] or [
        ("", result.reason or "")
    ]
