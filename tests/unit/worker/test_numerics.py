import json
import random
import subprocess
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
import torch

from grader.suite.tolerance import TOLERANCES, tolerance_of
from grader.worker.numerics import practise, seed_all, settle, synchronize
from grader.worker.wire import DTYPES

PROJECT = Path(__file__).resolve().parents[3]


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


@pytest.mark.parametrize("has_gradient", [True, False])
def test_practice_takes_a_gradient_only_where_it_may(
    monkeypatch: pytest.MonkeyPatch, has_gradient: bool
) -> None:
    run = mock.Mock(wraps=torch.autograd.graph._engine_run_backward)
    monkeypatch.setattr("torch.autograd._engine_run_backward", run)
    with mock.patch.object(torch.optim.SGD, "step", autospec=True) as step:
        practise(torch.device("cpu"), has_gradient=has_gradient)
    assert run.called is has_gradient
    assert step.called


FLAGS = """
import json, torch
from unittest import mock
from grader.worker import numerics
torch.cuda.set_device = set_device = mock.Mock()
torch.cuda.set_per_process_memory_fraction = fraction = mock.Mock()
torch.ones, torch.cuda.synchronize = mock.MagicMock(), (wait := mock.Mock())
for flag, value in (("allow_tf32", True), ("benchmark", True), ("deterministic", False)):
    setattr(torch.backends.cudnn, flag, value)
matmul = torch.backends.cuda.matmul
matmul.allow_tf32 = True
device = torch.device("cuda", 0)
numerics.settle(device, 1.5)
print(json.dumps({
    "tf32": [matmul.allow_tf32, torch.backends.cudnn.allow_tf32],
    "shortened": [matmul.allow_fp16_reduced_precision_reduction,
                  matmul.allow_bf16_reduced_precision_reduction],
    "cudnn": [torch.backends.cudnn.benchmark, torch.backends.cudnn.deterministic],
    "algorithms": [torch.are_deterministic_algorithms_enabled(),
                   torch.is_deterministic_algorithms_warn_only_enabled(),
                   torch.utils.deterministic.fill_uninitialized_memory],
    "surroundings": {key: __import__("os").environ[key] for key in numerics.SURROUNDINGS},
    "calls": [set_device.call_args.args == (device,), fraction.call_args.args == (1.0, device),
              wait.called],
}))
"""


def test_on_cuda_nothing_is_shortened_and_everything_comes_out_the_same_twice() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FLAGS], capture_output=True, check=True, text=True, cwd=PROJECT
    )
    assert json.loads(done.stdout) == {
        "tf32": [False, False],
        "shortened": [False, False],
        "cudnn": [False, True],
        "algorithms": [True, True, True],
        "surroundings": {"CUBLAS_WORKSPACE_CONFIG": ":4096:8", "CUDA_CACHE_DISABLE": "1"},
        "calls": [True, True, True],
    }


@pytest.mark.parametrize("is_started", [True, False])
def test_cuda_is_seeded_where_it_has_been_started_and_never_started_for_it(
    monkeypatch: pytest.MonkeyPatch, is_started: bool
) -> None:
    seed = mock.Mock()
    monkeypatch.setattr("torch.cuda.is_initialized", lambda: is_started)
    monkeypatch.setattr("torch.cuda.manual_seed_all", seed)
    seed_all(7)
    assert seed.call_args_list == [mock.call(7)] * is_started


def test_cuda_is_waited_for_and_the_cpu_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    wait = mock.Mock()
    monkeypatch.setattr("torch.cuda.synchronize", wait)
    for name in ("cpu", "meta", "cuda:0"):
        synchronize(torch.device(name))
    assert wait.call_args_list == [mock.call(torch.device("cuda:0"))]
