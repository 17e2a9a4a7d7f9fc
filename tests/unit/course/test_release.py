import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.course import Late, load_course, plan_release, write_release
from grader.course.model import NotebookPolicy
from grader.errors import CourseError, UsageError

MakeCourse = Callable[..., Path]
RECORDINGS = {"bends": b'{"answers": [1.0]}'}

HARDER = """
name = "small"
title = "A \\"small\\" course \\u007f"
version = "1.0"
exercises = ["bends"]
[limits]
call_seconds = 3.0
[late]
penalty_per_day = 0.1
[seed]
env = "GRADE_SECRET"
"""


def test_a_release_holds_what_students_need_and_nothing_else(make_course: MakeCourse) -> None:
    files = plan_release(load_course(make_course()), RECORDINGS)
    assert list(files) == [
        ".release.json",
        "README.md",
        "bends/README.md",
        "bends/bends.ipynb",
        "bends/bends.py",
        "bends/test_public.answers.json",
        "bends/test_public.py",
        "course.toml",
    ]
    assert files["bends/test_public.answers.json"] == RECORDINGS["bends"]
    assert b"torch.clamp" not in files["bends/bends.py"]
    assert b"relu: write your answer here" in files["bends/bends.py"]
    everything = b"".join(files.values())
    assert b"hidden" not in everything
    assert b"misconception" not in everything
    assert json.loads(files[".release.json"])["generated"] == list(files)[1:]


def test_a_release_is_deterministic(make_course: MakeCourse) -> None:
    course = load_course(make_course())
    assert plan_release(course, RECORDINGS) == plan_release(course, RECORDINGS)


def test_the_notebook_has_the_stubs_cells_and_says_at_its_end_how_to_go_on(
    make_course: MakeCourse,
) -> None:
    files = plan_release(load_course(make_course()), RECORDINGS)
    *cells, last = json.loads(files["bends/bends.ipynb"])["cells"]
    code = "".join(line for cell in cells[1:] for line in cell["source"])
    assert code in files["bends/bends.py"].decode()
    assert "relu: write your answer here" in code
    assert last["cell_type"] == "markdown"
    said = "".join(last["source"])
    assert "%load_ext grader\n%check relu\n" in said
    assert "grade check bends.ipynb\n" in said


def test_a_notebook_goes_by_the_name_of_the_file(make_course: MakeCourse) -> None:
    root = make_course()
    (root / "bends" / "bends.py").rename(root / "bends" / "mine.py")
    toml = root / "bends" / "exercise.toml"
    toml.write_text(f'file = "mine.py"\n{toml.read_text()}')
    files = plan_release(load_course(root), RECORDINGS)
    assert "bends/mine.ipynb" in files
    assert b"grade check mine.ipynb" in files["bends/mine.ipynb"]


def test_a_released_course_loads_as_the_same_course(
    make_course: MakeCourse, tmp_path: Path
) -> None:
    root = make_course({"course.toml": HARDER})
    toml = root / "bends" / "exercise.toml"
    toml.write_text(f'notebook = "definitions"\n{toml.read_text()}')
    course = load_course(root)
    assert course.exercises[0].notebook is NotebookPolicy.DEFINITIONS
    target = tmp_path / "exercises"
    write_release(plan_release(course, RECORDINGS), target)
    released = load_course(target)
    assert released.is_released
    assert released.late == Late(penalty_per_day=0.1)
    assert released.seed_env is None
    same = msgspec.structs.replace(
        released,
        root=course.root,
        seed_env=course.seed_env,
        exercises=tuple(
            msgspec.structs.replace(exercise, folder=course.root / exercise.name)
            for exercise in released.exercises
        ),
    )
    assert same == course


def test_an_exercises_own_readme_is_kept(make_course: MakeCourse) -> None:
    root = make_course({"bends/README.md": "# My own\r\n"})
    assert plan_release(load_course(root), RECORDINGS)["bends/README.md"] == b"# My own\n"


def test_generated_readmes_name_points_and_commands(make_course: MakeCourse) -> None:
    files = plan_release(load_course(make_course()), RECORDINGS)
    assert b"| `softmax` | 3.5 |" in files["bends/README.md"]
    assert b"grade check bends" in files["bends/README.md"]
    assert b"| 1 | [Bends](bends/README.md) | `bends/bends.py` | 2 | 5.5 |" in files["README.md"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("bends/test_public.py", "def test_relu_secret(agree): ...\n", r"the same as test_hidden"),
        ("bends/test_public.py", "import test_hidden\n", r"py:1: imports `test_hidden`"),
        ("bends/test_public.py", "\nfrom test_hidden import x\n", r"py:2: imports `test_hidden.x`"),
        ("bends/test_public.py", "from . import test_hidden\n", r"py:1: imports `test_hidden`"),
        ("bends/test_public.py", "from solutions.bends import bends\n", r"imports `solutions"),
        ("bends/test_public.py", "import misconceptions.relu_view\n", r"imports `misconceptions"),
        ("bends/test_public.py", "# as in test_hidden\n", r"test_public\.py would name .* line 1"),
        ("bends/test_public.py", "def (\n", r"test_public\.py: not Python"),
        ("bends/test_public.py", b"\xff", r"test_public\.py: not UTF-8"),
        ("bends/test_public.py", None, r"test_public\.py: cannot be read"),
        ("bends/README.md", "one\nSee test_hidden.py\n", r"bends/README\.md would name .* line 2"),
        ("bends/bends.py", "def relu(x):\n    return x\n", r"`relu` has no solution region"),
    ],
)
def test_what_would_give_something_away_or_is_broken_is_refused(
    make_course: MakeCourse, name: str, content: str | bytes | None, message: str
) -> None:
    course = load_course(make_course({name: content}))
    with pytest.raises(CourseError, match=message):
        plan_release(course, RECORDINGS)


def test_a_missing_recording_is_an_error(make_course: MakeCourse) -> None:
    with pytest.raises(CourseError, match="its answers were not recorded"):
        plan_release(load_course(make_course()), {})


def test_the_students_copy_cannot_be_released(make_course: MakeCourse) -> None:
    course = load_course(make_course({"bends/test_hidden.py": None}))
    with pytest.raises(UsageError, match=r"it is the students' copy.*--course"):
        plan_release(course, RECORDINGS)
