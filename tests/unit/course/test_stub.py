import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import make_stub
from grader.errors import CourseError, MarkerError

REFERENCE = '''# %% [markdown]
# # Bends
# %%
import torch


# BEGIN SOLUTION
def _helper(x):
    return x
# END SOLUTION


class Net:
    def forward(self, x):
        # BEGIN SOLUTION
        return x
        # END SOLUTION


def relu(x):
    """Keep what is positive.

    >>> relu(torch.tensor([-1.0]))
    """
    # BEGIN SOLUTION
    def inner():
        return torch.clamp(_helper(x), min=0)

    return inner()
    # END SOLUTION


def softmax(x, dim):
    """Shares of one."""
    shifted = x
    if dim:
        ### BEGIN SOLUTION
        shifted = x - x.amax(dim)
        ### END SOLUTION
    return shifted
'''

STUB = '''# %% [markdown]
# # Bends
# %%
import torch


class Net:
    def forward(self, x):
        # Your code here.
        raise NotImplementedError("Net.forward: write your answer here")


def relu(x):
    """Keep what is positive.

    >>> relu(torch.tensor([-1.0]))
    """
    # Your code here.
    raise NotImplementedError("relu: write your answer here")


def softmax(x, dim):
    """Shares of one."""
    shifted = x
    if dim:
        # Your code here.
        raise NotImplementedError("softmax: write your answer here")
    return shifted
'''


def test_a_stub_is_the_reference_without_its_solutions() -> None:
    assert make_stub(REFERENCE, "bends.py", ["relu", "softmax"]) == STUB


def test_windows_line_ends_give_the_same_stub() -> None:
    assert make_stub(REFERENCE.replace("\n", "\r\n"), "bends.py") == STUB


def test_a_stub_is_a_fixed_point() -> None:
    assert make_stub(STUB, "bends.py") == STUB


def test_a_function_without_a_region_would_give_the_solution_away() -> None:
    text = "def relu(x):\n    return x\n"
    with pytest.raises(MarkerError, match=r"relu\.py:1: the function `relu` has no solution"):
        make_stub(text, "relu.py", ["relu"])


def test_a_function_that_is_asked_for_but_not_there_is_an_error() -> None:
    with pytest.raises(CourseError, match=r"there is no function `relu` at the top level"):
        make_stub("x = 1\n", "relu.py", ["relu"])


def test_a_region_that_swallows_the_docstring_is_refused() -> None:
    text = 'def f(x):\n    # BEGIN SOLUTION\n    """What."""\n    return x\n    # END SOLUTION\n'
    with pytest.raises(MarkerError, match="swallows the signature or the docstring of `f`"):
        make_stub(text, "f.py", ["f"])


def test_markers_within_a_docstring_are_refused() -> None:
    text = (
        'def f(x):\n    """What.\n\n    # BEGIN SOLUTION\n    text\n    # END SOLUTION\n    """\n'
        "    # BEGIN SOLUTION\n    return x\n    # END SOLUTION\n"
    )
    with pytest.raises(MarkerError, match="docstring of `f`"):
        make_stub(text, "f.py", ["f"])


@pytest.mark.parametrize(
    "text",
    [
        "# BEGIN SOLUTION\ndef f(x):\n    y = x\n# END SOLUTION\n    return y\n",
        "class Net:\n    # BEGIN SOLUTION\n    def f(self): ...\n    # END SOLUTION\n",
        "x = [\n# BEGIN SOLUTION\n1]\ny = (\n# END SOLUTION\n2)\n",
    ],
)
def test_a_region_that_leaves_no_python_behind_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(MarkerError, match=r"f\.py: without its regions \(line [12]\)"):
        make_stub(text, "f.py")


def test_a_reference_that_is_not_python_is_refused_with_its_line() -> None:
    with pytest.raises(CourseError, match=r"f\.py:2: not Python: "):
        make_stub("x = 1\ny = = 2\n", "f.py")


def test_a_reference_with_an_invalid_escape_gives_no_warning() -> None:
    assert make_stub('x = "\\d"\n', "f.py") == 'x = "\\d"\n'


PIECES = st.lists(
    st.sampled_from(
        [
            "def f(x):",
            "class C:",
            "    pass",
            "    # BEGIN SOLUTION",
            "    secret(1)",
            "    # END SOLUTION",
            "# BEGIN SOLUTION",
            "# END SOLUTION",
            "",
            '"""',
        ]
    ),
    max_size=16,
)


@given(PIECES.map("\n".join) | st.text())
def test_any_text_gives_a_stub_that_compiles_or_an_error_of_the_course(text: str) -> None:
    try:
        stub = make_stub(text, "any.py")
    except CourseError:
        return
    ast.parse(stub)
    assert make_stub(stub, "any.py") == stub


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6, unique=True))
def test_no_solution_line_survives(numbers: list[int]) -> None:
    text = "".join(
        f'def f{number}(x):\n    """Doc."""\n    # BEGIN SOLUTION\n    secret = {number}\n'
        f"    return 'secret'\n    # END SOLUTION\n\n\n"
        for number in numbers
    )
    stub = make_stub(text, "any.py", [f"f{number}" for number in numbers])
    assert "secret" not in stub
    assert stub.count("raise NotImplementedError") == len(numbers)
