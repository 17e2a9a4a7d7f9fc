import pytest
import torch

from grader.errors import DeviceError, UsageError
from grader.suite.device import resolve_device


@pytest.mark.parametrize("name", ["auto", "cpu"])
def test_the_grade_of_record_is_taken_on_the_cpu(name: str) -> None:
    assert resolve_device(name) == "cpu"


@pytest.mark.parametrize("name", ["gpu", "", "cuda:", "cuda:-1", "cuda:x", "CPU", "cpu:0", "mps"])
def test_what_names_no_device_is_usage(name: str) -> None:
    with pytest.raises(UsageError, match=r"not a device\. Ask for auto, cpu, cuda or cuda:N"):
        resolve_device(name)


def test_a_device_that_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(DeviceError, match=r"--device cuda:99: torch .* finds"):
        resolve_device("cuda:99")


@pytest.mark.skipif(torch.cuda.device_count() == 0, reason="this machine has no CUDA device")
def test_the_first_cuda_device_is_meant_without_a_number() -> None:
    assert resolve_device("cuda") == "cuda:0"
