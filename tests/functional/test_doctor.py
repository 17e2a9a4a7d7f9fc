import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from click.testing import CliRunner

from grader.cli import grade


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
