import pytest

from grader.device.name import Looks, checked, looks
from grader.errors import UsageError


@pytest.mark.parametrize("name", ["auto", "cpu", "cuda", "cuda:0", "cuda:13", "mps"])
def test_what_device_takes_is_taken(name: str) -> None:
    assert checked(name) == name


@pytest.mark.parametrize(
    "name", ["gpu", "", "cuda:", "cuda:-1", "cuda:x", "cuda:007", "CPU", "cpu:0", "mps:1", "meta"]
)
def test_what_names_no_device_is_usage(name: str) -> None:
    with pytest.raises(UsageError, match=r"not a device\. Ask for auto, cpu, cuda, cuda:N or mps"):
        checked(name)


@pytest.mark.parametrize(
    ("asked", "of_record", "expected"),
    [
        ("auto", "cpu", Looks("cpu")),
        ("cpu", "cpu", Looks("cpu")),
        ("cuda", "cpu", Looks("cpu", "cuda")),
        ("mps", "cpu", Looks("cpu", "mps")),
        ("auto", "cuda", Looks("cuda", "cpu")),
        ("cuda:1", "cuda", Looks("cuda:1", "cpu")),
        ("cpu", "cuda", Looks("cpu")),
    ],
)
def test_points_are_earned_where_the_exercise_says(
    asked: str, of_record: str, expected: Looks
) -> None:
    assert looks(asked, of_record) == expected


def test_both_devices_in_one_word_tell_results_apart() -> None:
    assert (str(Looks("cpu")), str(Looks("cpu", "cuda"))) == ("cpu", "cpu+cuda")
