import random

import numpy as np
import torch

from grader.suite.tolerance import TOLERANCES, tolerance_of
from grader.worker.numerics import seed_all, settle
from grader.worker.wire import DTYPES


def drawn() -> tuple[float, float, float]:
    return float(torch.rand(())), float(np.random.rand()), random.random()  # noqa: NPY002


def test_every_generator_that_students_draw_from_is_seeded() -> None:
    seed_all(7)
    first = drawn()
    assert drawn() != first
    seed_all(7)
    assert drawn() == first
    seed_all((1 << 62) + 7)  # numpy's takes 32 bits
    assert drawn() != first


def test_nothing_is_settled_for_the_cpu() -> None:
    before = torch.are_deterministic_algorithms_enabled()
    settle(torch.device("cpu"))
    assert torch.are_deterministic_algorithms_enabled() is before


def test_every_float_has_a_tolerance_on_every_device_and_none_is_tighter_than_the_cpus() -> None:
    floats = [t for t in DTYPES.values() if t.is_floating_point or t.is_complex]
    for device in TOLERANCES:
        for dtype in floats:
            here = tolerance_of(dtype, torch.device("cpu"))
            there = tolerance_of(dtype, torch.device(device))
            assert there.relative >= here.relative
            assert there.absolute >= here.absolute
    assert tolerance_of(torch.float32, torch.device("xpu")) == TOLERANCES["cpu"][torch.float32]
