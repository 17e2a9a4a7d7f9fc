"""A soak small enough for every day: two kills, attackers among a handful of students."""

import signal
from pathlib import Path

import msgspec

from tests.hostile.corpus import Attack, attacks
from tests.soak.batches import Piece
from tests.soak.mixture import mixed
from tests.soak.run import flat, soak


def test_a_small_class_is_soaked_without_loss(tmp_path: Path) -> None:
    soaked = soak(tmp_path, submissions=12, kill_count=2, seed=3)
    assert soaked.attacks > 0
    assert {check.what: check.details for check in soaked.checks if not check.is_good} == {}
    kills = [piece.kill.signal for piece in soaked.pieces if piece.kill is not None]
    assert kills == [signal.SIGTERM, signal.SIGKILL]


def test_a_thousand_submissions_hold_each_attack_and_fifty_some_of_each_group() -> None:
    assert _attacks(1000, 1) == set(attacks())
    few, others = _attacks(50, 1), _attacks(50, 2)
    for drawn in (few, others):
        assert {attack.group for attack in drawn} == {attack.group for attack in attacks()}
    assert few != others


def test_memory_that_nobody_measured_in_a_long_run_does_not_pass_for_flat() -> None:
    long = Piece(kill=None, seconds=1, stored=1000, code=0, said="", left=[], growths=[])
    short = msgspec.structs.replace(long, stored=10)
    assert {check.is_good for check in flat([long])} == {False}
    assert {check.is_good for check in flat([short, long])} == {True}


def _attacks(submissions: int, seed: int) -> set[Attack]:
    return {work.attack for work in mixed(submissions, seed) if work.attack is not None}
