"""How what a test or a suite told is said in a problem's sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from grader.records import TestResult, Verdict


def base(test: str) -> str:
    """A test's name without its parameters."""
    return test.partition("[")[0]


def fails(test: TestResult) -> bool:
    """Whether a test took points; one that was skipped did not."""
    return test.verdict not in (Verdict.PASSED, Verdict.SKIPPED)


def gist(reason: str, root: Path) -> str:
    """What the reason of a failure says in one sentence.

    Args:
        reason: Perhaps of many lines, as pytest tells it.
        root: The course's folder; paths are told from there on.
    """
    lines = reason.replace(f"{root}/", "").splitlines()
    # pytest marks the lines that matter; what follows an assertion only explains it.
    marked = [line[1:].strip() for line in lines if line.startswith("E ")]
    return sentence(" ".join(marked) or (lines or ["nobody knows why"])[0])


def word(test: TestResult) -> str:
    """A test's verdict in a sentence: "timed out"."""
    return test.verdict.value.lower().replace("_", " ")


def why(test: TestResult) -> str:
    """Why a test did not pass, in one sentence."""
    if test.finding is None:
        return sentence(test.reason or "nobody knows why")
    detail = f" ({test.finding.detail.splitlines()[0]})" if test.finding.detail else ""
    return f"{test.finding.rule.rstrip('.')}{detail}."


def sentence(text: str) -> str:
    """The text with a full stop."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def some(tests: Iterable[TestResult]) -> str:
    """The names of tests for a sentence, the first three of many."""
    names = list(dict.fromkeys(base(test.name) for test in tests))
    if not names:
        return "none"
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004
    return ", ".join(names[:3]) + more


def either(answers: Sequence[str]) -> str:
    """Any one of them: "None, 0.0 or zeros"."""
    return answers[0] if len(answers) == 1 else f"{', '.join(answers[:-1])} or {answers[-1]}"
