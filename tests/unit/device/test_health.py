from pathlib import Path

import pytest

from grader.device.health import Health, check_gpu
from grader.device.inventory import Gpu
from grader.device.probe import check

GPU = Gpu(0, "A", 8 << 30, "")


def test_what_computes_and_remembers_is_well() -> None:
    assert check("cpu") == Health()


def test_a_device_without_numbers_is_not() -> None:
    assert "NotImplementedError" in check("meta").error


@pytest.mark.parametrize(
    ("program", "seconds", "words"),
    [
        ("#!/bin/sh\nexec sleep 60\n", 0.2, "it did not answer within 0.2 seconds"),
        (
            "#!/bin/sh\necho CUDA error >&2\nexit 3\n",
            10,
            "ended with code 3: CUDA error",
        ),
        ("#!/bin/sh\nexit 0\n", 10, "its check ended with code 0: nothing was said"),
        ('#!/bin/sh\necho noise\necho \'{"error": "wrong"}\'\n', 10, "wrong"),
    ],
)
def test_a_check_that_hangs_or_breaks_speaks_against_the_gpu(
    program: str, seconds: float, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "python"
    fake.write_text(program)
    fake.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(fake))
    health = check_gpu(GPU, seconds)
    assert not health.is_well
    assert words in health.error


def test_a_check_without_a_gpu_says_so() -> None:
    assert not check_gpu(GPU).is_well
