import pytest

from grader.device.name import Looks, checked, looks, reconciled
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
        ("mps", "cuda", Looks("cuda", "cpu")),
        ("cuda", "mps", Looks("mps", "cpu")),
    ],
)
def test_points_are_earned_where_the_exercise_says(
    asked: str, of_record: str, expected: Looks
) -> None:
    assert looks(asked, of_record) == expected


@pytest.mark.parametrize(
    ("asked", "of_record", "expected"),
    [
        ("auto", ("cpu",), set()),
        ("auto", ("cpu", "cuda"), {"cuda"}),
        ("cpu", ("cuda",), set()),
        ("mps", ("cpu",), {"mps"}),
        ("cuda:1", ("cpu", "cuda"), {"cuda:1"}),
    ],
)
def test_what_is_asked_for_and_what_exercises_name_go_together(
    asked: str, of_record: tuple[str, ...], expected: set[str]
) -> None:
    assert reconciled(asked, of_record) == expected


@pytest.mark.parametrize(("asked", "named"), [("mps", "cuda"), ("cuda", "mps"), ("cuda:1", "mps")])
def test_another_kind_than_an_exercise_names_is_usage(asked: str, named: str) -> None:
    with pytest.raises(
        UsageError, match=f'--device {asked}: an exercise says `device = "{named}"`'
    ):
        reconciled(asked, ("cpu", named))


def test_both_devices_in_one_word_tell_results_apart() -> None:
    assert (str(Looks("cpu")), str(Looks("cpu", "cuda"))) == ("cpu", "cpu+cuda")
