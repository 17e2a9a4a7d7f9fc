"""No attack of the corpus gains anything, in either tier, as root or as an ordinary user."""

from __future__ import annotations

import pytest

from tests.hostile import detectors
from tests.hostile.corpus import (
    HIDDEN_NUMBERS,
    Attack,
    attacks,
    canaries,
    canary_of,
    honest_students,
    neighbours,
)
from tests.hostile.grading import SECRET, Graded

CORPUS = attacks()
CANARIES = canaries(more={"secret": SECRET, "home": "cnry-home-diary"})
HONEST = tuple(honest_students())
NEIGHBOURS = neighbours(CORPUS)


@pytest.mark.parametrize("attack", CORPUS, ids=lambda attack: attack.id)
def test_an_attack_gains_nothing(graded: Graded, attack: Attack) -> None:
    result = graded.results[attack.known_as]
    if attack.expect == "graded":
        assert result["status"] == "graded", result["reason"]
    else:
        assert result["status"] == "not_gradable"
        assert attack.expect in result["reason"]
    assert not detectors.points_beyond(result, attack.honest, may_be_less=attack.may_cost_itself)

    others = {canary_of(student) for student in HONEST}
    left_the_workers = graded.tap.get(attack.known_as)
    was_run = attack.expect == "graded" and bool(result["sha256"])
    assert (left_the_workers is not None) is was_run
    words = CANARIES.secret | CANARIES.titles | others
    assert not detectors.words_in(left_the_workers or b"", words)
    page = graded.student_page(attack.known_as)
    assert not detectors.words_in(page, CANARIES.secret | CANARIES.inputs | others)
    assert not detectors.words_in(page, HIDDEN_NUMBERS)


@pytest.mark.parametrize("student", HONEST)
def test_an_honest_student_gets_what_a_class_without_attackers_gives(
    graded: Graded, clean: Graded, student: str
) -> None:
    assert detectors.differences(graded.results[student], clean.results[student]) == []
    others = {canary_of(other) for other in HONEST if other != student}
    assert not detectors.words_in(graded.tap[student], CANARIES.secret | others)
    assert not detectors.words_in(graded.student_page(student), CANARIES.secret | others)


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_whoever_is_graded_beside_an_attacker_gets_what_their_work_is_worth(
    graded: Graded, clean: Graded, neighbour: str
) -> None:
    student = NEIGHBOURS[neighbour]
    result = graded.results[neighbour]
    assert detectors.judged_otherwise(result, clean.results[student]) == []
    others = {canary_of(other) for other in HONEST if other != student}
    assert not detectors.words_in(graded.tap[neighbour], CANARIES.secret | others)


def test_the_tap_holds_what_a_worker_says(graded: Graded) -> None:
    mei = canary_of("mei")
    assert detectors.words_in(graded.tap["mei"], {mei}) == [mei]


def test_no_file_outside_scratch_is_changed(graded: Graded) -> None:
    assert graded.changed == []


def test_nothing_is_left_of_any_attack(graded: Graded) -> None:
    assert graded.left == []


def test_nobody_reached_a_socket(graded: Graded) -> None:
    assert graded.reached == []


def test_the_batch_finished_and_said_how_it_went(graded: Graded) -> None:
    assert set(graded.results) >= {attack.known_as for attack in CORPUS} | {*HONEST, *NEIGHBOURS}
    refused = any(attack.expect != "graded" for attack in CORPUS)
    assert graded.done.returncode == (3 if refused else 0), graded.done.stderr
    assert "Traceback" not in graded.done.stderr
