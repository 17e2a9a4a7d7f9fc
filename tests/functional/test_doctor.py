import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
import torch
from click.testing import CliRunner

from grader.cli import doctor, grade
from grader.device.inventory import Gpu, Inventory
from grader.records import Tier
from grader.siege.findings import Finding, Siege
from grader.siege.walls import WALLS
from grader.worker.zygote_protocol import Post
from tests import machine, unprivileged


def test_the_machine_is_described_in_words() -> None:
    result = CliRunner().invoke(grade, ["doctor"])
    assert result.exit_code == 0, result.output
    for words in ("This machine", torch.__version__, "cpu", "Sandbox: tier", "Landlock"):
        assert words in result.stdout


def test_json_is_one_document_on_standard_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "--format", "json"],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["schema_version"] == 1
    assert found["torch"]["version"] == torch.__version__
    assert found["torch"]["is_cpu_build"] is (torch.version.cuda is None)
    assert found["devices"][0] == "cpu"
    assert found["cores"] >= 1
    assert found["sandbox_tier"] in {"full", "guarded", "none"}
    assert {layer["name"] for layer in found["sandbox_layers"]}


def test_every_layer_that_does_not_hold_comes_with_advice() -> None:
    found = json.loads(CliRunner().invoke(grade, ["doctor", "--format", "json"]).stdout)
    failing = {layer["name"] for layer in found["sandbox_layers"] if not layer["holds"]}
    advised = {advice["missing"] for advice in found["advice"]}
    if found["sandbox_tier"] == "full":
        assert advised == set()
    else:
        assert advised == failing


def test_without_torch_nothing_can_be_graded_and_doctor_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    result = CliRunner().invoke(grade, ["doctor"])
    assert result.exit_code == 3
    assert "torch cannot be imported" in result.stdout
    assert "pip install" in result.stdout


def test_a_reader_who_has_seen_enough_is_told_from_points_lost() -> None:
    command = [sys.executable, "-m", "grader", "doctor"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as doctor:
        assert doctor.stdout
        assert doctor.stderr
        doctor.stdout.close()

        assert doctor.stderr.read() == b""
    assert doctor.returncode == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")
def test_words_that_cannot_be_printed_are_not_lost_in_silence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "grader", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode != 0
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("who", ["as oneself", "as nobody"])
def test_the_walls_of_this_machine_hold_when_they_are_attacked(who: str) -> None:
    command = [sys.executable, "-m", "grader", "doctor", "--attack", "--format", "json"]
    if who == "as nobody":
        if (reason := unprivileged.why_not()) is not None:
            machine.skip(reason)
        command = unprivileged.as_nobody(command)
    done = subprocess.run(
        command, capture_output=True, text=True, cwd="/", check=False, timeout=180
    )
    found = json.loads(done.stdout)
    if found["sandbox_tier"] == "none":
        assert (found["sieges"], done.returncode) == ([], 3)
        machine.skip("this machine offers no tier that confines")
    findings = [finding for siege in found["sieges"] for finding in siege["findings"]]
    assert [finding for finding in findings if not finding["holds"]] == []
    assert found["sieges"][0]["tier"] == found["sandbox_tier"]
    for siege in found["sieges"]:
        assert [finding["wall"] for finding in siege["findings"]] == [wall.name for wall in WALLS]
    assert done.returncode == 0, done.stderr


def test_a_wall_that_does_not_hold_is_named_and_told_by_the_exit_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = Finding(wall="disk", holds=True)
    broken = Finding(wall="disk", holds=False, detail="came through: 32 MiB")
    sieges = (Siege(tier=Tier.FULL, findings=(held,)), Siege(tier=Tier.GUARDED, findings=(broken,)))
    monkeypatch.setattr("grader.cli.doctor.attack", lambda: sieges)
    result = CliRunner().invoke(grade, ["doctor", "--attack"])
    assert result.exit_code == 3
    assert "DOES NOT HOLD" in result.stdout
    assert "disk, tier guarded: came through: 32 MiB" in result.stdout


def test_a_machine_without_walls_does_not_pass_for_one_that_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("grader.cli.doctor.attack", tuple)
    result = CliRunner().invoke(grade, ["doctor", "--attack"])
    assert result.exit_code == 3
    assert "No wall to attack" in result.stdout


def test_what_a_gpu_opens_is_said_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = ("cpu", "cuda:0 (A)")
    assert (doctor.opened_by(("cpu",)), doctor.gpu_advice(("cpu",))) == ((), ())
    monkeypatch.setitem(sys.modules, "pynvml", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    (advice,) = doctor.gpu_advice(devices)
    assert "nvidia-ml-py" in advice.missing
    assert not advice.is_needed
    found = msgspec.structs.replace(doctor.diagnose(), gpu_opens=doctor.opened_by(devices))
    monkeypatch.setattr(doctor, "diagnose", lambda: found)
    said = " ".join(CliRunner().invoke(grade, ["doctor"]).stdout.split())
    assert "With --device cuda, workers reach the NVIDIA kernel module" in said


@pytest.mark.parametrize("device", ["meta", "cuda:0"])
def test_where_there_is_a_gpu_a_worker_is_tried_on_it(
    device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if device == "cuda:0" and torch.cuda.is_available():
        pytest.skip("here a worker on a GPU would start")
    gpu = Gpu(1, "A", 8 << 30, "GPU-1")
    monkeypatch.setattr(doctor, "take_inventory", lambda: Inventory("2", (gpu,)))
    # torch's `meta` stands for a GPU that works, and one that is not there for one that does not.
    monkeypatch.setattr(doctor, "Post", lambda _, visible: Post(device, visible))
    advice = doctor.worker_advice(Tier.NONE)
    if device == "meta":
        assert advice == ()
    else:
        assert "workers of tier none on cuda:1 (the device does not start" in advice[0].missing
        assert "--device cpu works" in advice[0].remedy
