from pathlib import Path

import pytest
import torch

from grader.device import inventory
from grader.device.inventory import Gpu, Inventory, resolve_device, take_inventory
from grader.errors import DeviceError, UsageError

TWO = Inventory("2.13.0+cu130", tuple(Gpu(n, "A", 8 << 30, f"GPU-{n}") for n in (0, 1)))


@pytest.mark.parametrize("name", ["auto", "cpu"])
def test_the_cpu_needs_no_device_and_nobody_is_asked_for_one(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inventory, "take_inventory", None)
    monkeypatch.setattr(inventory, "_torch_on_disk", None)
    assert resolve_device(name, {"cpu"}) == ()


def test_what_names_no_device_is_usage() -> None:
    with pytest.raises(UsageError, match=r"--device tpu: not a device"):
        resolve_device("tpu")


@pytest.mark.skipif(bool(torch.version.cuda), reason="this torch was built for CUDA")
def test_a_torch_for_the_cpu_is_known_without_asking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "take_inventory", None)
    message = r"--device cuda:99: torch .*\+cpu finds no CUDA device here\. `grade doctor`"
    with pytest.raises(DeviceError, match=message):
        resolve_device("cuda:99")


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "_torch_on_disk", lambda: (TWO.torch, False))
    monkeypatch.setattr(inventory, "take_inventory", lambda: TWO)


@pytest.mark.parametrize(("name", "numbers"), [("cuda", [0, 1]), ("cuda:0", [0]), ("cuda:1", [1])])
@pytest.mark.usefixtures("two")
def test_without_a_number_all_gpus_are_used(name: str, numbers: list[int]) -> None:
    assert [gpu.number for gpu in resolve_device(name)] == numbers


@pytest.mark.usefixtures("two")
def test_a_number_too_high_is_told_with_how_many_there_are() -> None:
    with pytest.raises(DeviceError, match=r"--device cuda:2: torch .*cu130 finds only 2 of them"):
        resolve_device("cuda:2")


@pytest.mark.usefixtures("two")
def test_mps_is_not_there_where_torch_says_so() -> None:
    with pytest.raises(DeviceError, match=r"--device mps: torch .* finds no MPS device here"):
        resolve_device("mps")


@pytest.mark.usefixtures("two")
def test_what_an_exercise_asks_for_is_made_sure_of_too() -> None:
    assert len(resolve_device("auto", {"cpu", "cuda"})) == 2
    with pytest.raises(DeviceError, match=r'`device = "mps"` in exercise\.toml: torch'):
        resolve_device("auto", {"mps"})
    assert resolve_device("cpu", {"mps"}) == ()


def test_torch_is_asked_in_a_process_of_its_own() -> None:
    found = take_inventory()
    assert found.torch == str(torch.__version__)
    assert found.error == ""
    assert not torch.cuda.is_initialized()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("program", "words"),
    [("/bin/false", "asking for devices ended with"), ("/nowhere", "asking for devices failed")],
)
def test_a_probe_that_fails_is_told_and_no_traceback(
    program: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", program)
    assert words in take_inventory().error


def test_a_torch_that_is_not_there_is_no_crash(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inventory, "_torch_on_disk", lambda: ("", False))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    with pytest.raises(DeviceError, match="asking for devices failed"):
        resolve_device("cuda")
