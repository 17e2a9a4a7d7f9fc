"""Every suite asks on any device what it asks on the CPU, and judges a right answer as right there.

The references answer on torch's own device `meta`, which has places and no numbers. What hangs on
numbers cannot be seen on it: such tests are named below with the reason, and no others left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import pytest
import torch

from grader.course import load_course
from grader.records import Outcome, Verdict
from grader.suite.conclusion import StandIn
from grader.suite.examination import Examination
from grader.suite.oracle import LiveOracle
from grader.suite.placement import fault_of
from grader.suite.station import Judge, Station, open_station
from grader.suite.telling import JudgedCall, Told
from grader.worker.messages import Loaded, Raised

ROOT = Path(__file__).resolve().parents[2]
AUTHORS = load_course(ROOT / "solutions")
NAMES = [exercise.name for exercise in AUTHORS.exercises]
META: Final = torch.device("meta")

ROWS: Final = "how many rows are left hangs on the numbers"
NUMBER: Final = "a Python number is asked for"
SAME: Final = "it is asked whether numbers are the same"
LEFT_OUT: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "hidden": {
        "masks": {"test_select_late": ROWS, "test_is_late_sees_who_is_above_the_line": ROWS},
        "learning": {
            "test_train_neuron": NUMBER,
            "test_predict_time_leaves_no_graph": NUMBER,
            "test_max_stable_lr": NUMBER,
        },
        "pipeline": {
            "test_prepare": ROWS,
            "test_split_shuffles_before_it_cuts": NUMBER,
            "test_split_another_seed": SAME,
            "test_train_step": NUMBER,
            "test_fit": NUMBER,
            "test_predict_minutes": NUMBER,
            "test_evaluate": NUMBER,
        },
    },
    "public": {
        "masks": {"test_select_late": ROWS},
        "learning": {
            "test_train_neuron": NUMBER,
            "test_predict_time_is_a_plain_number[tensor]": NUMBER,
            "test_max_stable_lr": NUMBER,
        },
        "pipeline": {
            "test_prepare": ROWS,
            "test_train_step": NUMBER,
            "test_fit": NUMBER,
            "test_predict_minutes": NUMBER,
            "test_evaluate": NUMBER,
        },
    },
}
"""By suite and exercise: the tests that begin like this, and why nothing is seen of them."""


class Seen(msgspec.Struct):
    """What came of one suite.

    Attributes:
        outcomes: Of its tests, by name.
        unanswered: The tests in which the reference raised for want of numbers.
    """

    outcomes: dict[str, Outcome]
    unanswered: set[str]


class Reference(LiveOracle):
    """The reference, which notes where it comes to no answer."""

    unanswered: set[str]

    def expected(self, test: str, calls: Sequence[JudgedCall]) -> Told:
        told = super().expected(test, calls)
        if isinstance(told, Raised) and "meta" in told.message:
            self.unanswered.add(test)
        return told


def look(judge: Judge) -> Seen:
    """The exercise's reference in the student's place, and all of its tests on `meta`."""
    exercise = AUTHORS.exercise(judge.exercise.name)
    reference = Reference.load(exercise.reference_path, ())
    assert isinstance(reference, Reference)
    reference.unanswered = set()
    oracle = judge.sound_oracle()
    examination = Examination(
        StandIn(reference),
        reference if isinstance(oracle, LiveOracle) else oracle,
        Loaded(tuple(vars(reference.reference)), ()),
        filename=exercise.file,
        device=META,
        limits=exercise.limits,
        seed=0,
    )
    outcomes = {each.name: each for each in judge.examine(examination)}
    return Seen(outcomes, reference.unanswered)


@cache
def seen_of(suite: str) -> dict[str, Seen]:
    """All suites of a kind, looked at once, by exercise."""
    is_public = suite == "public"
    course = load_course(ROOT / "exercises") if is_public else AUTHORS

    def body(station: Station) -> dict[str, Seen]:
        return {exercise.name: look(station.judge(exercise.name)) for exercise in course.exercises}

    return open_station(course, course.exercises, body, is_public=is_public)


@pytest.mark.parametrize("suite", ["hidden", "public"])
@pytest.mark.parametrize("exercise", NAMES)
def test_a_right_answer_is_right_on_another_device(exercise: str, suite: str) -> None:
    seen = seen_of(suite)[exercise]
    beginnings = tuple(LEFT_OUT[suite].get(exercise, {}))
    unseen = {
        name
        for name, each in seen.outcomes.items()
        if each.verdict is not Verdict.PASSED or name in seen.unanswered
    }

    found = {name: f"{o.finding} {o.reason}" for name, o in seen.outcomes.items() if name in unseen}
    left_out = {name for name in seen.outcomes if name.startswith(beginnings)}
    assert {name: found[name] for name in unseen - left_out} == {}
    assert left_out - unseen == set(), "these can be seen: leave them out no longer"
    assert all(any(name.startswith(b) for name in unseen) for b in beginnings)


@pytest.mark.parametrize("suite", ["hidden", "public"])
def test_what_is_left_out_says_nothing_about_devices(suite: str) -> None:
    for seen in seen_of(suite).values():
        for outcome in seen.outcomes.values():
            assert fault_of(outcome.verdict, outcome.finding) is None, outcome
