"""Whatever a course's files say, they are a course or an error that names a file."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.course import load_course
from grader.course.tables import read_table
from grader.errors import CourseError

keys = st.sampled_from(
    [
        *("name", "title", "version", "exercises", "limits", "seed", "late", "exercise", "file"),
        *(
            "functions",
            "summary",
            "notebook",
            "equivalent",
            "points",
            "forbidden",
            "env",
            "f",
            "one",
        ),
        *("call_seconds", "memory_bytes", "penalty_per_day", "limits.call_seconds", "functions.f"),
    ]
)
plain = st.one_of(
    st.text(max_size=8).map(lambda it: '"' + it.replace("\\", "").replace('"', "") + '"'),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["true", "[]", "{}", "nan", "-inf", "1e999", "2020-13-40", "12:61:00", "'"]),
)
scalars = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda it: "[" + ", ".join(it) + "]")
        | st.tuples(keys, inner).map(lambda it: "{" + it[0] + " = " + it[1] + "}")
    ),
    max_leaves=6,
)
lines = st.one_of(
    st.tuples(keys, scalars).map(" = ".join),
    keys.map(lambda key: f"[{key}]"),
    keys.map(lambda key: f"[[{key}]]"),
    st.text(max_size=10),
)
texts = st.lists(lines, max_size=8).map("\n".join)
COURSE = 'name = "c"\ntitle = "C"\nversion = "1"\nexercises = ["one"]\n'
EXERCISE = 'title = "One"\n[functions.f]\npoints = 1\n'
fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@fuzzed
@given(st.binary() | texts.map(str.encode))
@example(b"a = " + b"[" * 100_000)
@example(b"a = " + b"{b = " * 100_000)
@example(b"a = 1" + b"0" * 5_000)
@example(b"a" + b".a" * 500 + b" = 1")
def test_any_bytes_are_a_table_or_an_error_that_names_the_file(
    tmp_path: Path, document: bytes
) -> None:
    file = tmp_path / "course.toml"
    file.write_bytes(document)
    try:
        read_table(file)
    except CourseError as error:
        assert str(error).startswith(str(file))  # noqa: PT017  (either end is right)


@fuzzed
@given(
    st.booleans().flatmap(
        lambda whole: st.tuples(
            texts.map(lambda it: COURSE + it) if whole else texts,
            texts if whole else texts.map(lambda it: EXERCISE + it),
        )
    )
)
def test_any_course_is_one_or_an_error_that_names_a_file(
    tmp_path: Path, said: tuple[str, str]
) -> None:
    (tmp_path / "one").mkdir(exist_ok=True)
    (tmp_path / "course.toml").write_text(said[0], encoding="utf-8", errors="replace")
    (tmp_path / "one" / "exercise.toml").write_text(said[1], encoding="utf-8", errors="replace")
    for name in ("one.py", "test_hidden.py", "test_public.py"):
        (tmp_path / "one" / name).touch()
    try:
        load_course(tmp_path)
    except CourseError as error:
        assert str(tmp_path) in str(error)  # noqa: PT017  (either end is right)
