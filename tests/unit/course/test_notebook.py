import json
import re
import subprocess
import sys
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.notebook import make_notebook
from grader.errors import CourseError

TEXT = '''# ---
# jupyter:
#   kernel: a tool's own
# ---
# %% [markdown]
# # Bends
#
# A line, *bent*.

# %% tags=["hide"] mine=1
import torch

# %matplotlib inline


# %% a title
def relu(x):
    """Keep what is positive.

    # %% is no cell here
    """
    return torch.clamp(x, min=0)


# %%
1 + 1

# %%
1 + 1
'''


def notebook(text: str, closing: str = "") -> Any:
    return json.loads(make_notebook(text, "bends.py", closing))


def sources(text: str) -> list[tuple[str, str]]:
    return [(cell["cell_type"], "".join(cell["source"])) for cell in notebook(text)["cells"]]


def test_cells_become_cells_in_their_order() -> None:
    assert sources(TEXT) == [
        ("markdown", "# Bends\n\nA line, *bent*."),
        ("code", "import torch\n\n# %matplotlib inline"),
        ("code", TEXT[TEXT.index("def relu") : TEXT.index("\n\n\n# %%\n1 + 1")]),
        ("code", "1 + 1"),
        ("code", "1 + 1"),
    ]


def test_a_notebook_is_valid_and_holds_no_output_and_no_note_of_a_tool() -> None:
    made = notebook(TEXT, "The end.")
    nbformat.validate(made)
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert made["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    code = [cell for cell in made["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    kept = [cell["metadata"] for cell in made["cells"] if cell["metadata"]]
    assert kept == [{"tags": ["hide"]}]


def test_a_cell_is_named_after_its_content_and_the_same_content_is_counted() -> None:
    names = [cell["id"] for cell in notebook(TEXT)["cells"]]
    assert all(re.fullmatch(r"[0-9a-f]{12}", name) for name in names[:4])
    assert names[4] == f"{names[3]}-2"
    assert len(set(names)) == len(names)


def test_a_cell_keeps_its_name_when_others_change() -> None:
    before = {cell["id"] for cell in notebook(TEXT)["cells"]}
    after = {cell["id"] for cell in notebook(TEXT.replace("# # Bends", "# # Lines"))["cells"]}
    assert len(before - after) == len(after - before) == 1


def test_prose_and_code_of_the_same_words_have_different_names() -> None:
    one, two = (cell["id"] for cell in notebook("# %% [markdown]\n# x\n# %%\nx\n")["cells"])
    assert one != two


def test_the_bytes_are_the_same_in_another_process() -> None:
    program = (
        "import sys; from grader.course.notebook import make_notebook\n"
        "sys.stdout.buffer.write(make_notebook(sys.stdin.read(), 'bends.py', 'End.'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=TEXT.encode(), capture_output=True, check=True
    )
    assert done.stdout == make_notebook(TEXT, "bends.py", "End.")


def test_text_without_cells_is_one_cell() -> None:
    assert sources("x = 1\n\n\ny = 2\n") == [("code", "x = 1\n\n\ny = 2")]


def test_letters_of_all_languages_are_written_as_themselves() -> None:
    assert "· é 数".encode() in make_notebook("# %% [markdown]\n# · é 数\n", "bends.py")


def test_prose_may_stand_between_quotes() -> None:
    assert sources('# %% [markdown]\n"""\nA line.\n"""\n') == [("markdown", "A line.")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# %%\nx = 1\n# %% [markdown]\n# A line.\ny = 2\n", 5),
        ("# %% [raw]\nx = 1\n", 2),
        ("# %%\nx = [\n# %%\n1]\n", 2),
    ],
)
def test_code_that_would_not_be_code_in_the_notebook_is_refused(text: str, line: int) -> None:
    with pytest.raises(CourseError, match=rf"^bends\.py:{line}: the notebook of this file would"):
        make_notebook(text, "bends.py")


@pytest.mark.parametrize(
    "text", ['# %% tags="hide"\nx = 1\n', "# ---\n# jupyter:\n#   a: [\n# ---\n"]
)
def test_what_a_notebook_cannot_say_of_itself_is_refused(text: str) -> None:
    with pytest.raises(CourseError, match=r"^bends\.py: no notebook can be made of it: "):
        make_notebook(text, "bends.py")


LINES = st.lists(
    st.sampled_from(["# %%", "# %% [markdown]", "# a word", "x = 1", "", "def f():", "    pass"]),
    max_size=12,
)


@given(LINES.map("\n".join))
def test_any_python_gives_a_valid_notebook_or_an_error_of_the_course(text: str) -> None:
    try:
        compile(text, "any.py", "exec")
    except SyntaxError:
        return
    try:
        made = make_notebook(text, "any.py")
    except CourseError:
        return
    nbformat.validate(json.loads(made))
    assert make_notebook(text, "any.py") == made
