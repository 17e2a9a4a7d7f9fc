"""How verdicts, tiers and flags are called where people read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

import msgspec

from grader.records import Result, Status, Tier, Verdict
from grader.records.notebook import CellOutcome

Tone = Literal["good", "bad", "wait", "calm", "ours"]


class Words(msgspec.Struct, frozen=True):
    """A verdict for people: a sign, a word, a tone that picks the colour, and a sentence."""

    glyph: str
    word: str
    tone: Tone
    sentence: str = ""


_VERDICTS = {
    Verdict.PASSED: Words("✓", "Passed", "good"),
    Verdict.WRONG: Words("✗", "Different answer", "bad", "This is not what was asked."),
    Verdict.RAISED: Words("✗", "Raised an error", "bad", "The function raised an error."),
    Verdict.TIMED_OUT: Words("✗", "Took too long", "bad", "It did not come back in time."),
    Verdict.OUT_OF_MEMORY: Words("✗", "Out of memory", "bad", "It used too much memory."),
    Verdict.CRASHED: Words("✗", "Crashed", "bad", "Python itself stopped in this call."),
    Verdict.MISSING: Words("○", "Not found", "wait", "The file has no such function."),
    Verdict.NOT_ATTEMPTED: Words("○", "Not written yet", "wait", "It is still to write."),
    Verdict.FORBIDDEN: Words("✗", "Not allowed here", "bad", "It uses what is ruled out."),
    Verdict.SKIPPED: Words("\N{EN DASH}", "Skipped", "calm", "This test was left out."),
    Verdict.GRADER_ERROR: Words("!", "Our fault", "ours", "The grader failed here."),
}


def verdict_words(verdict: Verdict) -> Words:
    """The words for a verdict; the sentence stands in where a finding gives no rule."""
    return _VERDICTS[verdict]


_OUTCOMES = {
    CellOutcome.RAN: Words("✓", "Ran", "good"),
    CellOutcome.FAILED: Words("✗", "Failed", "bad"),
    CellOutcome.LACKED: Words(
        "\N{EN DASH}",
        "Lacked something",
        "calm",
        "What it asked for is not there where work is graded.",
    ),
    CellOutcome.STOPPED: Words("■", "Stopped", "wait", "It ran into its time limit."),
    CellOutcome.LEFT_OUT: Words(
        "○",
        "Only definitions run",
        "wait",
        "Of this cell, at most imports and definitions were run.",
    ),
}


def cell_words(outcome: CellOutcome) -> Words:
    """The words for how a notebook's cell ended; the sentence is for those that say no more."""
    return _OUTCOMES[outcome]


def tier_words(tier: Tier) -> str:
    """What a tier is called, in a few words."""
    match tier:
        case Tier.FULL:
            return "fully confined"
        case Tier.GUARDED:
            return "guarded, without namespaces of its own"
        case Tier.NONE:
            return "not isolated"
    assert_never(tier)


_FLAGGED = {
    Verdict.TIMED_OUT: "took too long",
    Verdict.OUT_OF_MEMORY: "out of memory",
    Verdict.CRASHED: "crashed",
    Verdict.FORBIDDEN: "forbidden call",
    Verdict.GRADER_ERROR: "grader error",
}


def flags(result: Result) -> Iterator[str]:
    """What a teacher should know about a submission before opening it."""
    if result.status is Status.NOT_GRADABLE:
        yield "not gradable"
    if result.is_missing:
        yield "no file"
    if result.load_problems:
        yield "load problem"
    verdicts = {test.verdict for test in result.tests}
    yield from (word for verdict, word in _FLAGGED.items() if verdict in verdicts)
    if result.sandbox_tier is Tier.NONE:
        yield "not isolated"
