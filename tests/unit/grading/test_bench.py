"""A bench at a GPU that is not there: what is told, and when a process may end for another."""

import contextlib
import os
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
    bench.is_replaceable = True  # another process would not start it either
    assert bench.device == torch.device("cuda:0")
    with (
        pytest.raises(DeviceError, match="the device does not start here: "),
        bench.turn(Limits()),
    ):
        pytest.fail("nobody has a turn")
    bench.close()


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> mock.Mock:
    """Stands for starting a device, which then works until it is told to fail."""
    settle = mock.Mock()
    monkeypatch.setattr("grader.grading.bench.settle", settle)
    return settle


@pytest.mark.usefixtures("settled")
def test_a_process_ends_for_another_only_where_another_gpu_is_sound(pool: GpuPool) -> None:
    first, second = Bench.at("cuda", NOBODY, pool), Bench.at("cuda", NOBODY, pool)
    first.is_replaceable = second.is_replaceable = True
    second.look_after()  # it is well
    with pytest.raises(DeviceLostError, match=r"GPU 0 \(A\) was taken out of use"):
        first.look_after()


def test_a_process_whose_own_context_is_dead_gives_way_and_its_gpu_stays_in_use(
    pool: GpuPool, settled: mock.Mock
) -> None:
    _, bench = Bench.at("cuda", NOBODY, pool), Bench.at("cuda", NOBODY, pool)
    bench.is_replaceable = True
    settled.side_effect = RuntimeError("CUDA error: device-side assert triggered")
    with pytest.raises(DeviceLostError, match=r"this process can use it no more: .* assert"):
        bench.look_after()
    assert pool.sound() == GPUS
    bench.is_replaceable = False
    with pytest.raises(DeviceError) as caught, bench.turn(Limits()):
        pytest.fail("nobody has a turn")
    assert not isinstance(caught.value, DeviceLostError)


def test_what_fails_twice_in_the_same_way_on_a_gpu_that_is_well_is_not_tried_again() -> None:
    checked: list[int] = []

    def check(gpu: Gpu) -> Health:
        checked.append(gpu.number)
        return Health()

    def fail(bench: Bench, why: str) -> None:
        with contextlib.suppress(DeviceError), bench.turn(Limits()):
            bench.look_after(why)
            raise DeviceError(why)

    with GpuPool(GPUS, 1, check) as pool:
        bench = Bench.at("meta", NOBODY, pool)
        fail(bench, "no worker could start it")
        with bench.turn(Limits()):
            pass  # it was only that once
        fail(bench, "no worker could start it")
        fail(bench, "no worker could start it")
        assert checked == [0, 0]
        with (
            pytest.raises(DeviceError, match="no worker could start it"),
            bench.turn(Limits()),
        ):
            pytest.fail("nobody has a turn")


def test_whoever_waited_behind_one_that_felled_a_gpu_is_not_sent_there(pool: GpuPool) -> None:
    bench = Bench.at("meta", NOBODY, pool)
    bench.is_replaceable = True
    waits, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        with pool.turn(GPUS[0]):
            os.write(said, b"x")
            pool.examine(GPUS[0])
        os._exit(0)
    assert os.read(waits, 1) == b"x"
    with (
        pytest.raises(DeviceLostError, match=r"GPU 0 \(A\) was taken out of use"),
        bench.turn(Limits()),
    ):
        pytest.fail("it is sick")
    os.waitpid(pid, 0)
    os.close(waits)
    os.close(said)
    with pool.turn(GPUS[0]):
        pass  # its place was given back


@pytest.mark.usefixtures("settled")
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
