"""The limit on a GPU's memory, with readings of NVML's replayed."""

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from grader.device.inventory import Gpu
from grader.device.memory import HELD_BYTES, Holder, MemoryWatch, NvmlMeter, Reading, meter_of

MIB = 1 << 20
TOTAL = 81_559 * MIB
LIMIT = 4096 * MIB


class Replayed:
    """Gives one reading after the other, the last one again and again."""

    def __init__(self, *readings: Reading | None) -> None:
        self._readings = list(readings)

    def read(self) -> Reading | None:
        return self._readings.pop(0) if len(self._readings) > 1 else self._readings[0]


def reading(used_mib: int, *holders: tuple[int, int | None]) -> Reading:
    held = tuple(Holder(pid, None if mib is None else mib * MIB) for pid, mib in holders)
    return Reading(used_mib * MIB, TOTAL, held)


@pytest.mark.parametrize(
    ("later", "is_alone", "used_mib"),
    [
        pytest.param(reading(1500, (7, 500), (8, 400), (9, 600)), False, 900, id="by-process"),
        pytest.param(reading(1500, (4711, 500)), True, 1000, id="by-difference-in-a-container"),
        pytest.param(reading(1500, (7, None)), True, 1000, id="driver-does-not-say"),
        pytest.param(reading(300), True, 0, id="others-have-left"),
        pytest.param(reading(1500, (4711, 500)), False, None, id="cannot-be-told-apart"),
        pytest.param(None, True, None, id="no-reading"),
    ],
)
def test_what_a_worker_holds_is_found_out_from_outside(
    later: Reading | None, is_alone: bool, used_mib: int | None
) -> None:
    watch = MemoryWatch(Replayed(reading(500), later), LIMIT, is_alone=is_alone)
    used = watch.used_bytes({7, 8})
    assert used == (None if used_mib is None else used_mib * MIB)


def test_what_the_grader_itself_takes_meanwhile_is_not_the_workers() -> None:
    own = iter((100 * MIB, 400 * MIB))
    meter = Replayed(reading(500), reading(1500))
    watch = MemoryWatch(meter, LIMIT, is_alone=True, own_bytes=lambda: next(own))
    assert watch.used_bytes({7}) == 700 * MIB


def test_a_hog_is_noticed_as_it_grows() -> None:
    most = (LIMIT + HELD_BYTES) // MIB
    grows = [reading(500 + mib, (7, mib)) for mib in (480, 4097, most, most + 1, 70_000)]
    watch = MemoryWatch(Replayed(reading(500), *grows), LIMIT, is_alone=False)
    assert [watch.is_exceeded({7}) for _ in grows] == [False, False, False, True, True]


def test_nobody_is_blamed_for_what_cannot_be_told() -> None:
    assert not MemoryWatch(Replayed(None), -HELD_BYTES, is_alone=True).is_exceeded({7})


class NVMLError(Exception):
    """As the driver's library raises it."""


def library(*, is_broken: bool = False) -> Any:
    """What is used of `pynvml`, with the answers of a driver."""

    def running(_: object) -> Sequence[SimpleNamespace]:
        if is_broken:
            raise NVMLError("GPU is lost")
        return [SimpleNamespace(pid=7, usedGpuMemory=480 * MIB)]

    return SimpleNamespace(
        NVMLError=NVMLError,
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByUUID=lambda uuid: uuid,
        nvmlDeviceGetHandleByIndex=lambda index: index,
        nvmlDeviceGetMemoryInfo=lambda _: SimpleNamespace(used=980 * MIB, total=TOTAL),
        nvmlDeviceGetComputeRunningProcesses=running,
    )


@pytest.mark.parametrize("visible", ["GPU-1f", "0"])
def test_nvml_is_read_where_it_is_there(visible: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", library())
    meter = meter_of(Gpu(0, "A", TOTAL, visible))
    assert meter is not None
    assert meter.read() == reading(980, (7, 480))


def test_a_gpu_that_is_lost_gives_no_reading() -> None:
    assert NvmlMeter(library(is_broken=True), 0).read() is None


def test_without_nvml_or_with_a_strange_name_there_is_no_meter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert meter_of(Gpu(0, "A", TOTAL, "GPU-1f")) is None
    monkeypatch.setitem(sys.modules, "pynvml", library())
    assert meter_of(Gpu(0, "A", TOTAL, "MIG-1f")) is None
