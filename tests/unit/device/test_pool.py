"""Seats, turns and quarantine, with GPUs that exist in name only: locks are all there is to it."""

import os
import select
from collections.abc import Callable, Iterator

import pytest

from grader.device.health import Health
from grader.device.inventory import Gpu
from grader.device.pool import GpuPool
from grader.errors import DeviceError

GPUS = tuple(Gpu(number, "A", 8 << 30, f"GPU-{number}") for number in range(2))
SICK = Health("it did not answer within 60 seconds")


@pytest.fixture
def pool() -> Iterator[GpuPool]:
    with GpuPool(GPUS, 2, lambda gpu: SICK if gpu.number == 0 else Health()) as made:
        yield made


def in_a_child(work: Callable[[], None]) -> tuple[int, int]:
    """Fork a child that does its work, says so, and stays; its pid, and what to read from."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        work()
        os.write(write, b"x")
        select.select([], [], [])
    os.close(write)
    return pid, read


def end(pid: int) -> None:
    os.kill(pid, 9)
    os.waitpid(pid, 0)


def test_stations_are_dealt_out_evenly(pool: GpuPool) -> None:
    assert [pool.sit().gpu.number for _ in range(5)] == [0, 1, 0, 1, 0]


def test_a_seat_that_was_left_is_taken_again(pool: GpuPool) -> None:
    first = pool.sit()
    assert pool.sit().gpu.number == 1
    first.leave()
    assert pool.sit().gpu.number == 0


def test_a_seat_makes_its_process_see_one_gpu_alone(
    pool: GpuPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0,1")
    pool.sit()
    pool.sit().face()
    assert os.environ["CUDA_VISIBLE_DEVICES"] == "GPU-1"


def test_no_more_than_so_many_use_a_gpu_at_a_time(pool: GpuPool) -> None:
    go, gone = os.pipe()

    def want() -> None:
        os.read(go, 1)
        pool.turn(GPUS[0]).__enter__()

    pid, said = in_a_child(want)
    with pool.turn(GPUS[0]):
        with pool.turn(GPUS[0]):
            os.write(gone, b"x")
            assert select.select([said], [], [], 0.2)[0] == []
            with pool.turn(GPUS[1]):
                pass
        assert select.select([said], [], [], 10)[0] == [said]
    end(pid)
    for descriptor in (go, gone, said):
        os.close(descriptor)


def test_whoever_dies_gives_seat_and_turn_back(pool: GpuPool) -> None:
    def take_all() -> None:
        pool.sit()
        pool.turn(GPUS[0]).__enter__()
        pool.turn(GPUS[0]).__enter__()

    pid, said = in_a_child(take_all)
    assert os.read(said, 1) == b"x"
    assert pool.sit().gpu.number == 1
    end(pid)
    os.close(said)
    assert pool.sit().gpu.number == 0
    with pool.turn(GPUS[0]):
        pass


def test_a_sick_gpu_is_quarantined_and_others_are_used_instead(pool: GpuPool) -> None:
    seats = [pool.sit(), pool.sit()]
    assert [seat.examine() for seat in seats] == [False, True]
    assert pool.sound() == GPUS[1:]
    assert {pool.sit().gpu.number for _ in range(3)} == {1}
    assert pool.complaint() == (
        "GPU 0 (A) was taken out of use: it did not answer within 60 seconds."
    )


def test_whoever_is_in_quarantine_is_not_waited_for_again() -> None:
    asked: list[int] = []

    def check(gpu: Gpu) -> Health:
        asked.append(gpu.number)
        return SICK

    with GpuPool(GPUS, 1, check) as pool:
        assert [pool.examine(GPUS[0]) for _ in range(3)] == [False] * 3
    assert asked == [0]


def test_quarantine_is_known_to_every_process_of_the_run(pool: GpuPool) -> None:
    pid, said = in_a_child(lambda: assert_sick(pool))
    assert os.read(said, 1) == b"x"
    end(pid)
    os.close(said)
    assert pool.sound() == GPUS[1:]


def assert_sick(pool: GpuPool) -> None:
    pool.examine(GPUS[0])


def test_without_a_sound_gpu_it_is_said_why() -> None:
    with GpuPool(GPUS[:1], 1, lambda _: SICK) as pool:
        assert not pool.sit().examine()
        with pytest.raises(DeviceError, match=r"no GPU is left to use\. GPU 0 \(A\) was taken out"):
            pool.sit()
