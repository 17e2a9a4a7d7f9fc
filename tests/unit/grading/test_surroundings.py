import pytest

from grader.grading.surroundings import notes
from grader.records import LoadProblem
from grader.records.notebook import CellPlace

CELLS = (CellPlace(number=1, line=2, count=1), CellPlace(number=2, line=5, count=3))

COLAB = (
    "`google.colab` (line 2 of cell [2]) is there in Colab only, and your work is graded "
    "elsewhere. It costs nothing but what needs it."
)
LEFT_BEHIND = (
    "Not there where work is graded: `helper_utils` (line 2 of cell [2]). If that is a file of "
    "yours, copy what you use of it into the notebook; if it is a library, do without it."
)
NO_FILE = (
    "No such file or folder where work is graded: `orders.csv` (line 2 of cell [2]). Tests bring "
    "their own data, so no function may need it."
)


def problem(error: str, line: int = 6, statement: str = "") -> LoadProblem:
    return LoadProblem(line=line, error=error, statement=statement)


@pytest.mark.parametrize(
    ("error", "statement", "note"),
    [
        (
            "ModuleNotFoundError: No module named 'google'",
            "from google.colab import drive",
            COLAB,
        ),
        (
            "ModuleNotFoundError: No module named 'helper_utils'",
            "from helper_utils import plot",
            LEFT_BEHIND,
        ),
        (
            "FileNotFoundError: [Errno 2] No such file or directory: 'orders.csv'",
            "df = pd.read_csv('orders.csv')",
            NO_FILE,
        ),
        (
            "FileNotFoundError: orders.csv not found.",
            "",
            NO_FILE,
        ),
        (
            "urllib.error.URLError: <urlopen error [Errno -3] Temporary failure>",
            "",
            "There is no network where work is graded (line 2 of cell [2]).",
        ),
        (
            "EOFError: EOF when reading a line",
            "name = input()",
            "Nobody answers `input()` where work is graded (line 2 of cell [2]).",
        ),
        (
            "NameError: name '__BLANK__' is not defined",
            "",
            "Not filled in yet: `__BLANK__` (line 2 of cell [2]).",
        ),
    ],
)
def test_what_was_not_there_is_told_in_a_students_words(
    error: str, statement: str, note: str
) -> None:
    assert tuple(notes([problem(error, statement=statement)], CELLS)) == (note,)


@pytest.mark.parametrize(
    "error",
    [
        "NameError: name 'drive' is not defined",
        "ImportError: cannot import name 'x' from 'torch'",
        "OSError: too bad",
        "ValueError: FileNotFoundError: a.csv not found.",
    ],
)
def test_other_errors_speak_for_themselves(error: str) -> None:
    assert tuple(notes([problem(error)], CELLS)) == ()


def test_of_a_file_lines_are_named_and_the_same_thing_is_told_once() -> None:
    error = "ModuleNotFoundError: No module named 'pandas'"
    (note,) = notes([problem(error, 3), problem(error, 9)], ())
    assert "`pandas` (line 3). If" in note
    assert "into your file" in note


def test_of_many_the_first_few_are_named() -> None:
    error = "FileNotFoundError: [Errno 2] No such file or directory: '{}.csv'"
    (note,) = notes([problem(error.format(number)) for number in range(8)], CELLS)
    assert "`4.csv` (line 2 of cell [2]) and 3 more." in note
