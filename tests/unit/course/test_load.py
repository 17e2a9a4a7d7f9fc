from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course import Equivalent, Late, load_course, plan_release, suite_sha256
from grader.errors import CourseError
from grader.records import Limits

MakeCourse = Callable[..., Path]
Text = str | bytes | None

COURSE = 'name = "small"\ntitle = "T"\nversion = "1"\nexercises = ["bends"]\n'
EXERCISE = 'title = "Bends"\n[functions.relu]\npoints = 2\n'
EQUIVALENT = """
[[equivalent]]
function = 'relu'
mutant = 'x > 0 → x >= 0'
reason = 'alike'
"""


def test_a_course_is_read_with_its_limits_merged(make_course: MakeCourse) -> None:
    root = make_course()
    course = load_course(root)
    (exercise,) = course.exercises
    assert (course.name, course.title, course.version) == ("small", "A small course", "1.0")
    assert course.root == root
    assert course.limits == Limits(call_seconds=3.0)
    assert exercise.limits == Limits(call_seconds=3.0, load_seconds=4.0)
    assert exercise.folder == root / "bends"
    assert exercise.file == "bends.py"
    assert [function.name for function in exercise.functions] == ["relu", "softmax"]
    assert exercise.functions[1].forbidden == ("torch.softmax",)
    assert course.max_points == 5.5
    assert course.seed_env is None
    assert course.late is None


def test_seed_and_late_policy_are_kept(make_course: MakeCourse) -> None:
    text = COURSE + '[seed]\nenv = "GRADE_SECRET"\n[late]\npenalty_per_day = 0.1\n'
    course = load_course(make_course({"course.toml": text}))
    assert course.seed_env == "GRADE_SECRET"
    assert course.late == Late(penalty_per_day=0.1)


def test_explained_mutants_are_read_in_order(make_course: MakeCourse) -> None:
    other = EQUIVALENT.replace(">= 0", "!= 0")
    course = load_course(make_course({"bends/exercise.toml": EXERCISE + EQUIVALENT + other}))
    assert course.exercises[0].equivalents == (
        Equivalent(function="relu", mutant="x > 0 → x >= 0", reason="alike"),
        Equivalent(function="relu", mutant="x > 0 → x != 0", reason="alike"),
    )


def test_students_do_not_get_the_explained_mutants(make_course: MakeCourse) -> None:
    course = load_course(make_course({"bends/exercise.toml": EXERCISE + EQUIVALENT}))
    released = plan_release(course, {"bends": b"{}"})
    assert not any("x > 0 → x >= 0".encode() in content for content in released.values())
    assert b"equivalent" not in released["course.toml"]


def test_an_exercise_may_be_described_in_the_course_file(make_course: MakeCourse) -> None:
    text = COURSE + '[exercise.bends]\ntitle = "B"\n[exercise.bends.functions.relu]\npoints = 1\n'
    course = load_course(make_course({"course.toml": text, "bends/exercise.toml": None}))
    assert course.exercises[0].title == "B"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "x\n', r"course\.toml:1: not TOML"),
        ("name = 'x'\nname = 'y'\n", r"course\.toml:2: not TOML: Cannot overwrite a value"),
        ("name = 'x", r"course\.toml: not TOML: .*Look for a quote that is not closed"),
        (b"name = 'x'\ntitle = '\xff'\n", r"course\.toml:2: not UTF-8"),
        (COURSE.replace("title", "titel"), r"unknown key `titel`\. Did you mean `title`\?"),
        (COURSE.replace('title = "T"\n', ""), r"the key `title` is missing"),
        (COURSE.replace('"T"', "3"), r"`title` must be text in quotes, not a whole number"),
        (COURSE.replace('"bends"', "3"), r"`exercises\[0\]` must be text in quotes"),
        (COURSE.replace('["bends"]', "[]"), r"`exercises` is empty"),
        (COURSE.replace('["bends"]', '["bends", "bends"]'), r"names `bends` twice"),
        (COURSE.replace('"bends"', '"bend"'), r"no folder .*Did you mean `bends`\?"),
        (COURSE.replace('"bends"', '"../bends"'), r"an exercise's name is a small letter"),
        (COURSE.replace('"small"', '"a b"'), r"`name` is 'a b'; use small letters"),
        (COURSE + "[limits]\ncall_second = 1\n", r"`limits\.call_second`.*`call_seconds`"),
        (COURSE + "[limits]\ncall_seconds = '1'\n", r"`limits\.call_seconds` must be a number"),
        (COURSE + "[limits]\ncall_seconds = inf\n", r"`limits\.call_seconds` is inf"),
        (COURSE + "[limits]\nprocesses = 0\n", r"`limits\.processes` is 0"),
        (COURSE + "[seed]\nenvironment = 'X'\n", r"unknown key `seed\.environment`"),
        (COURSE + "[late]\npenalty = 1\n", r"unknown key `late\.penalty`"),
        (COURSE + "[late]\npenalty_per_day = 2\n", r"a share of the points"),
        (COURSE + "[exercise.bend]\ntitle = 'B'\n", r"`\[exercise\.bend\]` is not one of"),
        (COURSE + "[exercise]\nbends = 3\n", r"`exercise\.bends` must be a table"),
    ],
)
def test_a_broken_course_file_is_told_by_file_and_key(
    make_course: MakeCourse, text: Text, message: str
) -> None:
    root = make_course({"course.toml": text})
    with pytest.raises(CourseError, match=message) as caught:
        load_course(root)
    assert str(root / "course.toml") in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, r"exercise\.toml: cannot be read \(No such file"),
        (EXERCISE + "worth = 1\n", r"unknown key `functions\.relu\.worth`"),
        (EXERCISE.replace("2", "true"), r"`functions\.relu\.points` must be a number, not true"),
        (EXERCISE.replace("2", "-1"), r"`functions\.relu\.points` is -1"),
        (EXERCISE.replace("2", "0"), r"no function under `functions` is worth points"),
        (EXERCISE.replace("relu", '"re lu"'), r"'re lu' is not the name of a Python function"),
        ('title = "B"\n', r"the key `functions` is missing"),
        ("file = '../x.py'\n" + EXERCISE, r"`file` is '\.\./x\.py'; use the plain name"),
        ("file = 'test_public.py'\n" + EXERCISE, r"does not start with `test_`"),
        (EXERCISE + "[limits]\nmemory = 1\n", r"`limits\.memory`.*Did you mean `memory_bytes`"),
        (EXERCISE + EQUIVALENT.replace("reason", "why"), r"unknown key `equivalent\[0\]\.why`"),
        (EXERCISE + EQUIVALENT.replace("'x > 0", "3 #"), r"`equivalent\[0\]\.mutant` must be text"),
        (EXERCISE + EQUIVALENT.replace("alike", " "), r"`equivalent\[0\]\.reason` is empty"),
        (
            EXERCISE + EQUIVALENT * 2,
            r"`equivalent\[1\]` explains `x > 0 → x >= 0` of `relu` a second",
        ),
        (
            EXERCISE + "[equivalent]\nfunction = 'relu'\n",
            r"`equivalent` must be a list, not a table",
        ),
    ],
)
def test_a_broken_exercise_file_is_told_by_file_and_key(
    make_course: MakeCourse, text: Text, message: str
) -> None:
    root = make_course({"bends/exercise.toml": text})
    with pytest.raises(CourseError, match=message) as caught:
        load_course(root)
    assert str(root / "bends" / "exercise.toml") in str(caught.value)


def test_a_missing_course_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.toml: cannot be read"):
        load_course(tmp_path)


def test_an_authors_course_needs_each_reference(make_course: MakeCourse) -> None:
    with pytest.raises(CourseError, match=r"there is no bends\.py, the reference"):
        load_course(make_course({"bends/bends.py": None}))


def test_one_missing_hidden_suite_is_not_taken_for_a_released_course(
    make_course: MakeCourse,
) -> None:
    root = make_course(
        {
            "course.toml": COURSE.replace('"bends"', '"bends", "lines"'),
            "lines/exercise.toml": EXERCISE,
            "lines/lines.py": "",
        }
    )
    with pytest.raises(CourseError, match=r"lines: there is no test_hidden\.py, although"):
        load_course(root)


def test_two_exercises_whose_files_could_be_mixed_up_are_refused(make_course: MakeCourse) -> None:
    root = make_course(
        {
            "course.toml": COURSE.replace('"bends"', '"bends", "lines"'),
            "lines/exercise.toml": 'file = "Bends.py"\n' + EXERCISE,
            "lines/Bends.py": "",
            "lines/test_hidden.py": "",
        }
    )
    with pytest.raises(CourseError, match=r"lines: a file `bends\.py` could belong to `bends` and"):
        load_course(root)


def test_a_students_course_may_lack_the_students_file(make_course: MakeCourse) -> None:
    course = load_course(make_course({"bends/test_hidden.py": None, "bends/bends.py": None}))
    assert course.is_released
    assert course.exercises[0].is_released


@pytest.mark.parametrize(
    "name",
    [
        "bends/bends.py",
        "bends/test_hidden.py",
        "bends/test_public.py",
        "bends/exercise.toml",
        "bends/misconceptions/relu_view.py",
        "bends/table.csv",
        "course.toml",
    ],
)
def test_the_suites_digest_changes_with_everything_that_judges(
    make_course: MakeCourse, name: str
) -> None:
    root = make_course({"bends/table.csv": "1"})
    before = suite_sha256(load_course(root).exercises[0])
    text = (root / name).read_text()
    (root / name).write_text(text.replace("3.0", "2.5") if "course" in name else text + "\n")
    assert suite_sha256(load_course(root).exercises[0]) != before


def test_the_suites_digest_ignores_what_does_not_judge(make_course: MakeCourse) -> None:
    root = make_course()
    before = suite_sha256(load_course(root).exercises[0])
    for leftover in ["README.md", "bends.py~", ".bends.swp", "__pycache__/bends.pyc"]:
        path = root / "bends" / leftover
        path.parent.mkdir(exist_ok=True)
        path.write_text("anything")
    assert suite_sha256(load_course(root).exercises[0]) == before


def test_the_digest_of_a_students_course_ignores_the_students_file(make_course: MakeCourse) -> None:
    root = make_course({"bends/test_hidden.py": None})
    before = suite_sha256(load_course(root).exercises[0])
    (root / "bends" / "bends.py").write_text("changed")
    assert suite_sha256(load_course(root).exercises[0]) == before
    (root / "bends" / "test_public.py").write_text("changed")
    assert suite_sha256(load_course(root).exercises[0]) != before
