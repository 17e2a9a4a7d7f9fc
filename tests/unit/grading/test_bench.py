"""A bench at a GPU that is not there: what is told, and when a process may end for another."""

from collections.abc import Iterator
from unittest import mock

import pytest
import torch

from grader.device.health import Health
from grader.device.inventory import Gpu
from grader.device.pool import GpuPool
from grader.errors import DeviceError, DeviceLostError
from grader.grading import Bench
from grader.records import Limits
from grader.worker.launch import Zygote

pytestmark = pytest.mark.skipif(torch.cuda.is_available(), reason="here a GPU would start")
GPUS = tuple(Gpu(number, "A", 8 << 30, f"GPU-{number}") for number in range(2))
NOBODY = mock.create_autospec(Zygote)


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[GpuPool]:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    sick = Health("it did not answer within 60 seconds")
    with GpuPool(GPUS, 1, lambda gpu: sick if gpu.number == 0 else Health()) as made:
        yield made


def test_a_device_that_does_not_start_is_told_to_whoever_wants_a_turn(pool: GpuPool) -> None:
    bench = Bench.at("cuda", NOBODY, pool)
    assert bench.device == torch.device("cuda:0")
    with (
        pytest.raises(DeviceError, match="the device does not start here: "),
        bench.turn(Limits()),
    ):
        pytest.fail("nobody has a turn")
    bench.close()


def test_a_process_ends_for_another_only_where_another_gpu_is_sound(pool: GpuPool) -> None:
    first = Bench.at("cuda", NOBODY, pool, is_replaceable=True)
    second = Bench.at("cuda", NOBODY, pool, is_replaceable=True)
    second.look_after()  # it is well
    with pytest.raises(DeviceLostError, match=r"GPU 0 \(A\) was taken out of use"):
        first.look_after()


def test_who_cannot_be_replaced_goes_on_without_a_gpu(pool: GpuPool) -> None:
    bench = Bench.at("cuda", NOBODY, pool)
    with pytest.raises(DeviceError) as caught:
        bench.look_after()
    assert not isinstance(caught.value, DeviceLostError)
    with pytest.raises(DeviceError, match="taken out of use"), bench.turn(Limits()):
        pytest.fail("nobody has a turn")


def test_without_any_sound_gpu_a_bench_says_why() -> None:
    with GpuPool(GPUS[:1], 1, lambda _: Health("wrong")) as pool:
        pool.examine(GPUS[0])
        bench = Bench.at("cuda", NOBODY, pool)
        assert "no GPU is left to use. GPU 0 (A) was taken out of use: wrong." in bench.error
