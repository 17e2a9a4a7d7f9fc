from __future__ import annotations

from types import ModuleType

import pytest

from grader.report.facts import facts, reproduction


@pytest.mark.parametrize(
    ("filename", "device", "command"),
    [
        ("relu.py", "cpu", "grade run relu.py --exercise tensors --seed 7"),
        ("a b.py", "cuda:0", "grade run 'a b.py' --exercise tensors --seed 7 --device cuda:0"),
        ("$(rm -rf ~).py", "cpu", "grade run '$(rm -rf ~).py' --exercise tensors --seed 7"),
        ("--help.py", "cpu", "grade run ./--help.py --exercise tensors --seed 7"),
        ("", "cpu", "grade run tensors.py --exercise tensors --seed 7"),
    ],
)  # fmt: skip
def test_the_command_grades_the_file_again_whatever_its_name(
    sample: ModuleType, filename: str, device: str, command: str
) -> None:
    result = sample.result_of("ada", "tensors", {}, filename=filename, device=device, seed=7)
    assert reproduction(result) == command


def test_seed_and_confinement_are_facts_for_the_teacher_alone(sample: ModuleType) -> None:
    result = sample.result_of("ada", "tensors", {})
    assert dict(facts(result, is_ta=True))["Seed"] == "4815162342"
    assert set(dict(facts(result, is_ta=False))) == {
        "File", "Graded", "python", "torch", "torchgrade",
    }  # fmt: skip
