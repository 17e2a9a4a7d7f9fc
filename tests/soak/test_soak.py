"""A soak small enough for every day: one kill, attackers among a handful of students."""

from pathlib import Path

from tests.soak.run import soak


def test_a_small_class_is_soaked_without_loss(tmp_path: Path) -> None:
    soaked = soak(tmp_path, submissions=12, kill_count=1, seed=1)
    assert soaked.attacks > 0
    assert {check.what: check.details for check in soaked.checks if not check.is_good} == {}
