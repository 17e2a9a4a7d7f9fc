"""A second look on another device: torch's own `meta`, which has places and no numbers.

It stands for a GPU in all but arithmetic: what is made on the CPU does not go with it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec
import pytest
import torch

from grader.cli import console
from grader.course import Course
from grader.device import Looks
from grader.errors import DeviceError
from grader.executor import Assignment, own_check, run_inline
from grader.export import junit_xml
from grader.grading import Terms
from grader.grading.abroad import joined, rounded
from grader.records import (
    Fault,
    Outcome,
    Result,
    Status,
    Submission,
    TestResult,
    Tier,
    Verdict,
    to_json,
)
from grader.records.outcome import Finding
from grader.report import render_student, render_ta
from grader.report.terminal import show_result
from grader.suite.placement import fault_of
from grader.suite.release import record
from grader.worker.launch import Zygote

FUNCTIONS = ("follows", "mixes", "returns", "looks", "errs", "hangs")
BODIES = {
    "follows": "return x + torch.ones(3, device=x.device)",
    "mixes": "return x + 1",
    "returns": "return x + 1",
    "looks": "return x + 1 if x[0].item() < 9 else x + 1",
    "errs": "return x + 1",
    "hangs": "return x + 1",
}
MORE = {
    "goes": "return x + torch.ones(3, device=x.device)",
    "stays": "return x + torch.ones(3, device=x.device)",
}
"""Asked by what an author writes and computes."""
BODIES |= MORE
STUDENT = {
    **BODIES,
    "stays": "return torch.zeros(3) if x.is_meta else x + 1",
    "mixes": "return x + torch.ones(3)",
    "returns": "return torch.full((3,), 1.0) + (0 if x.is_meta else x)",
    "errs": "return x + 2",
    "hangs": "while x.is_meta: pass\n    return x + 1",
}
SUITE = (
    "import pytest, torch\nfrom grader.suite import needs, points\n\n"
    + "".join(
        f"def test_{name}(agree, rng):\n    agree('{name}', torch.randn(3, generator=rng))\n\n"
        for name in FUNCTIONS
    )
    + """
def test_goes_where_the_device_is(student, device):
    assert student.goes(torch.ones(3)).device == device

def test_goes_with_what_is_written(student, expect):
    expect(student.goes(torch.ones(3)), torch.full((3,), 2.0))
    expect({"both": [student.goes(torch.ones(3))]}, {"both": [torch.full((3,), 2.0)]})

def test_goes_with_the_reference(student, solution, expect):
    x = torch.ones(3)
    expect(student.goes(x), solution.goes(x))

def test_goes_into_the_reference(agree, solution, expect):
    x = torch.ones(3)
    expect(solution.goes(solution.goes(x)), solution.goes(agree("goes", x)))

def test_goes_on_with_an_answer(agree):
    agree("goes", agree("goes", torch.ones(6)[::2]))

def test_stays_beside_what_is_written(student, expect):
    expect(student.stays(torch.ones(3)), torch.full((3,), 2.0))

def test_stays_beside_the_reference(student, solution, expect):
    expect(student.stays(torch.ones(3)), solution.stays(torch.ones(3)))

"""
    + "@pytest.mark.skip('not yet')\ndef test_errs_again(agree):\n    agree('errs', None)\n\n"
    + "@needs('cuda')\n@points(3)\ndef test_follows_a_gpu(agree):\n    agree('follows', None)\n"
)


def written(bodies: dict[str, str]) -> str:
    parts = (f"def {name}(x):\n    {body}\n" for name, body in bodies.items())
    return "import torch\n\n" + "\n".join(parts)


def exercise(device: str = "") -> dict[str, str]:
    points = "".join(f"[functions.{name}]\npoints = 4\n" for name in BODIES)
    head = 'title = "Places"\n' + (f'device = "{device}"\n' if device else "")
    toml = f"{head}{points}[limits]\ncall_seconds = 0.2\n"
    name = "abroad" if device else "places"
    return {"exercise.toml": toml, f"{name}.py": written(BODIES), "test_hidden.py": SUITE}


@pytest.fixture(scope="module")
def course(
    tmp_path_factory: pytest.TempPathFactory, build_course: Callable[[Path, Any], Course]
) -> Course:
    root = tmp_path_factory.mktemp("course")
    return build_course(root, {"places": exercise(), "abroad": exercise("cuda")})


@pytest.fixture(scope="module")
def results(course: Course, zygote: Zygote) -> dict[str, Result]:
    """The same file looked at on the CPU and abroad, with points from here and from there."""

    def graded(name: str, device: str) -> Result:
        text = written(STUDENT).encode()
        submission = Submission(
            student="ada", exercise=name, filename=f"{name}.py", source=text, notes=()
        )
        terms = Terms(Tier.NONE, device, secret=b"secret")
        (result,) = run_inline(
            Assignment(course, (course.exercise(name),), terms), [submission], zygote
        )
        return result

    cases = {"here": ("places", "meta"), "there": ("abroad", "meta")}
    if not torch.cuda.is_available():
        cases["vain"] = ("places", "cuda")
    cases |= {"cpu": ("places", "auto"), "nowhere": ("abroad", "auto")}
    return {case: graded(*how) for case, how in cases.items()}


def by_name(result: Result) -> dict[str, TestResult]:
    return {test.name.removeprefix("test_"): test for test in result.tests}


def test_no_points_hang_on_another_device(results: dict[str, Result]) -> None:
    here, cpu = results["here"], results["cpu"]
    assert (here.points, here.max_points) == (cpu.points, cpu.max_points) == (25, 27)
    assert (here.device, here.other_device) == ("cpu", "meta")
    assert (here.devices, cpu.devices) == ("cpu+meta", "cpu")
    assert all(test.elsewhere is None for test in cpu.tests)


@pytest.mark.parametrize(
    ("test", "fault", "words"),
    [
        ("mixes", Fault.HARD_CODED, "on meta it hard-codes the CPU"),
        ("returns", Fault.RETURNS_CPU, "on meta it returns a CPU tensor for a meta input"),
        (
            "stays_beside_what_is_written",
            Fault.RETURNS_CPU,
            "returns a CPU tensor for a meta input",
        ),
        ("stays_beside_the_reference", Fault.RETURNS_CPU, "returns a CPU tensor for a meta input"),
        ("hangs", Fault.ENDS, "on meta not there. Your code was still running after"),
    ],
)
def test_what_is_right_here_and_not_there_is_called_what_it_is(
    results: dict[str, Result], test: str, fault: Fault, words: str
) -> None:
    seen = by_name(results["here"])[test]
    assert seen.verdict is Verdict.PASSED
    assert seen.elsewhere is not None
    assert seen.elsewhere.fault is fault
    assert words in seen.elsewhere.rule
    (note,) = [each for each in results["here"].notes if "Right on the CPU" in each]
    assert "not on meta: mixes, returns, hangs, stays. No points hang on it" in note


def test_a_right_function_and_what_cannot_be_seen_there_are_no_faults(
    results: dict[str, Result],
) -> None:
    tests = by_name(results["here"])
    going = [name for name in tests if name.startswith("goes")]
    assert len(going) == 5
    for name in ("follows", *going):
        assert (seen := tests[name].elsewhere) is not None
        assert (name, seen.verdict, seen.detail) == (name, Verdict.PASSED, "")
    for name in ("follows", "looks"):
        assert (seen := tests[name].elsewhere) is not None
        assert (seen.fault, seen.rule) == (None, "")


def test_a_wrong_answer_is_a_wrong_answer_and_is_not_looked_at_again(
    results: dict[str, Result],
) -> None:
    wrong = by_name(results["here"])["errs"]
    assert (wrong.verdict, wrong.elsewhere) == (Verdict.WRONG, None)


def test_points_of_what_this_machine_cannot_run_are_counted_for_nobody(
    results: dict[str, Result],
) -> None:
    for case in ("here", "cpu"):
        test = by_name(results[case])["follows_a_gpu"]
        assert (test.verdict, test.points, test.max_points) == (Verdict.SKIPPED, 0, 0)
        assert test.reason == "needs cuda; this run is on cpu"
        (note,) = [each for each in results[case].notes if "device that this run" in each]
        assert note.startswith("1 test needs a device that this run does not have.")
        assert "(3) are counted for nobody" in note


def test_where_the_exercise_says_so_points_are_earned_there(results: dict[str, Result]) -> None:
    there = results["there"]
    assert (there.device, there.other_device) == ("meta", "cpu")
    tests = by_name(there)
    mixed = tests["mixes"]
    assert (mixed.verdict, mixed.points) == (Verdict.RAISED, 0)
    assert mixed.finding is not None
    assert mixed.finding.rule.startswith("Right on the CPU; on meta it hard-codes the CPU")
    assert mixed.elsewhere is not None
    assert (mixed.elsewhere.device, mixed.elsewhere.verdict) == ("cpu", Verdict.PASSED)
    assert tests["follows"].is_passed


def test_an_exercise_for_a_device_is_not_graded_without_it_and_is_no_zero(
    results: dict[str, Result],
) -> None:
    nowhere = results["nowhere"]
    assert (nowhere.status, nowhere.points) == (Status.NOT_GRADABLE, None)
    assert nowhere.reason is not None


def test_exercises_of_two_kinds_of_device_are_not_put_on_one(course: Course) -> None:
    both = tuple(
        msgspec.structs.replace(course.exercise("abroad"), name=device, device=device)
        for device in ("cuda", "mps")
    )
    assignment = Assignment(course, both, Terms(Tier.NONE))
    with pytest.raises(DeviceError, match="cuda and mps cannot be worked on in the same run"):
        assignment.bench(mock.create_autospec(Zygote))


@pytest.mark.skipif(torch.cuda.is_available(), reason="here a GPU would start")
def test_a_device_that_does_not_start_counts_as_not_looked_at(results: dict[str, Result]) -> None:
    vain, cpu = results["vain"], results["cpu"]
    assert (vain.points, vain.max_points) == (cpu.points, cpu.max_points)
    assert any(note.startswith("Not looked at on cuda: the device does not") for note in vain.notes)
    assert (vain.devices, vain.other_device) == ("cpu", "")  # a resumed batch tries it again
    assert {test.elsewhere for test in vain.tests} == {None}


def test_every_view_says_it(results: dict[str, Result], tmp_path: Path) -> None:
    result = results["here"]
    with console.output_to(tmp_path / "screen.txt") as screen:
        show_result(screen, result, is_student=False)
    pages = [
        (tmp_path / "screen.txt").read_text(),
        junit_xml([result]),
        to_json(result).decode(),
        render_ta([result], course_title="Small"),
        render_student([result], course_title="Small"),
    ]
    pages = [" ".join(page.split()) for page in pages]
    for page in pages:
        assert "hard-codes the CPU" in page
        assert "returns a CPU tensor" in page
    assert "expected device" not in pages[-1]  # torch's own words are the teacher's


PUBLIC = {
    "goes": "return x + torch.ones(3, device=x.device)",
    "tells": 'return {"place": x.device, "parts": (x + 1, [x.sum()])}',
    "makes": "return torch.ones(x)",
    "trains": "x.weight.data.add_(1)\n    return x(torch.ones(1, 3, device=x.weight.device))",
    "draws": "return x + 1",
    "stays": "return x + torch.ones(3, device=x.device)",
    "mixes": "return x + torch.ones(3, device=x.device)",
}
PUBLIC_SUITE = """
import torch

def test_goes(agree):
    agree.gradient("goes", torch.ones(3))

def test_goes_with_what_is_written(student, expect):
    expect(student.goes(torch.ones(3)), torch.full((3,), 2.0))

def test_tells(agree):
    agree("tells", torch.ones(3))

def test_makes(agree):
    agree("makes", 3)

def test_makes_what_is_written(student, expect):
    expect(student.makes(3), torch.ones(3))

def test_trains(agree, twin):
    agree("trains", twin(torch.nn.Linear, 3, 1))

def test_draws(agree):
    agree.generator("draws", torch.ones(3))

def test_stays(agree):
    agree("stays", torch.ones(3))

def test_stays_beside_what_is_written(student, expect):
    expect(student.stays(torch.ones(3)), torch.full((3,), 2.0))

def test_mixes(agree):
    agree("mixes", torch.ones(3))
"""


def test_on_a_students_own_machine_recorded_answers_lie_where_the_input_does(
    tmp_path: Path, build_course: Callable[[Path, Any], Course], zygote: Zygote
) -> None:
    points = "".join(f"[functions.{name}]\npoints = 1\n" for name in PUBLIC)
    files = {"exercise.toml": f'title = "Kept"\n{points}', "kept.py": written(PUBLIC)}
    course = build_course(tmp_path, {"kept": {**files, "test_public.py": PUBLIC_SUITE}})
    exercise = course.exercise("kept")
    exercise.recording_path.write_bytes(record(exercise))
    mistakes = {"stays": "return (x + 1).tolist() and x + 1 if not x.is_meta else torch.ones(3)"}
    mistakes["mixes"] = "return x + torch.ones(3)"
    text = written(PUBLIC | mistakes).encode()
    submission = Submission(student="you", exercise="kept", filename="kept.py", source=text)
    assignment = own_check(course, [exercise], Tier.NONE, "meta")
    (result,) = run_inline(assignment, [submission], zygote)
    assert result.is_full_marks
    faults = {
        name: each.elsewhere and each.elsewhere.fault for name, each in by_name(result).items()
    }
    assert faults == {
        **dict.fromkeys(faults, None),
        "stays": Fault.RETURNS_CPU,
        "stays_beside_what_is_written": Fault.RETURNS_CPU,
        "mixes": Fault.HARD_CODED,
    }
    seen = [each.elsewhere and each.elsewhere.verdict for each in by_name(result).values()]
    assert seen.count(Verdict.PASSED) == len(faults) - 3


def failed(verdict: Verdict, rule: str = "", detail: str = "") -> Outcome:
    finding = Finding(rule=rule, detail=detail)
    return Outcome(name="test", verdict=verdict, wall_seconds=0, seed=0, finding=finding)


OF_TWO_DEVICES = """
Input and parameter tensors are not at the same device, found input tensor at cuda:0 and parameter \
tensor at cpu
Function AddBackward0 returned an invalid gradient at index 1 - expected device cuda:0 but got cpu
indices should be either on cpu or on the same device as the indexed tensor (cpu)
meshgrid expects all tensors to have the same device
index_copy_(): self, index and source expected to be in the same device, but got (self) cuda:0
grid_sampler(): expected input and grid to be on same device, but input is on cuda:0
quantile() q tensor must be on the same device as the input tensor
torch.bucketize(): boundaries tensor and input value tensor should have same device type
""".strip().splitlines()
"""As torch 2.13 says it."""


@pytest.mark.parametrize(
    ("outcome", "fault"),
    [
        (
            failed(
                Verdict.RAISED,
                detail="RuntimeError: Expected all tensors to be on the same device, but found at "
                "least two devices, cuda:0 and cpu!",
            ),
            Fault.HARD_CODED,
        ),
        (
            failed(
                Verdict.RAISED,
                detail="TypeError: can't convert cuda:0 device type tensor to numpy. Use "
                "Tensor.cpu() to copy the tensor to host memory first.",
            ),
            Fault.HARD_CODED,
        ),
        (
            failed(
                Verdict.RAISED,
                detail="RuntimeError: Input type (torch.cuda.FloatTensor) and weight type "
                "(torch.FloatTensor) should be the same",
            ),
            Fault.HARD_CODED,
        ),
        (
            failed(
                Verdict.RAISED,
                detail="RuntimeError: Expected a 'cuda' device type for generator but found 'cpu'",
            ),
            Fault.HARD_CODED,
        ),
        *(
            (failed(Verdict.RAISED, detail=f"RuntimeError: {words}"), Fault.HARD_CODED)
            for words in OF_TWO_DEVICES
        ),
        (failed(Verdict.RAISED, detail="ValueError: no"), Fault.ENDS),
        (
            failed(
                Verdict.WRONG,
                "Item 1 of the result should be on cuda like the input, but is on cpu.",
            ),
            Fault.RETURNS_CPU,
        ),
        (failed(Verdict.WRONG, "The result has wrong values."), Fault.DIFFERS),
        (failed(Verdict.OUT_OF_MEMORY, "Too much."), Fault.ENDS),
        (failed(Verdict.NOT_ATTEMPTED, "Not written yet."), None),
        (failed(Verdict.GRADER_ERROR), None),
    ],
)
def test_torchs_many_words_for_two_devices_are_known(outcome: Outcome, fault: Fault | None) -> None:
    assert fault_of(outcome.verdict, outcome.finding) is fault


def test_what_only_the_rounding_of_the_device_sets_apart_is_right_and_is_told() -> None:
    passed = Outcome(name="test", verdict=Verdict.PASSED, wall_seconds=0, seed=0)
    rounded = msgspec.structs.replace(passed, is_rounded=True)
    for other, rule in (
        (passed, ""),
        (rounded, "Right on cuda as well: only the rounding of the device differs."),
    ):
        (outcome,) = joined([passed], {"test": other}, Looks("cpu", "cuda"))
        assert outcome.verdict is Verdict.PASSED
        assert outcome.elsewhere is not None
        assert outcome.elsewhere.rule == rule
        assert (outcome.elsewhere.fault is Fault.ROUNDING) is bool(rule)


def test_what_is_right_only_by_the_rounding_of_the_device_of_record_is_told() -> None:
    passed = Outcome(name="test", verdict=Verdict.PASSED, wall_seconds=0, seed=0, is_rounded=True)
    plain = msgspec.structs.replace(passed, is_rounded=False)
    wrong = msgspec.structs.replace(passed, verdict=Verdict.WRONG)
    there, *others = rounded([passed, plain, wrong], Looks("cuda", "cpu"))
    assert there.elsewhere is not None
    assert there.elsewhere.fault is Fault.ROUNDING
    assert there.elsewhere.rule == "Right on cuda: only the rounding of the device differs."
    assert others == [plain, wrong]
    assert rounded([passed], Looks("cpu", "cuda")) == (passed,)
