import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.markers import Region, find_regions, replace_regions
from grader.errors import MarkerError

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"


def refused(text: str) -> str:
    with pytest.raises(MarkerError) as caught:
        find_regions(text, "relu.py")
    return str(caught.value)


def test_a_region_knows_its_lines_and_its_indentation() -> None:
    text = f"def f():\n    {BEGIN}\n    # why\n\n    return 1\n    {END}\n"
    (region,) = find_regions(text, "f.py")
    assert region == Region(begin=2, end=6, first=5, last=5, indent="    ")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("# BEGIN SOLUTION", "# END SOLUTION"),
        ("### BEGIN SOLUTION", "### END SOLUTION"),
        ("#BEGIN SOLUTION", "#END SOLUTION"),
        ("   #   begin   solution   ", "# End Solution"),
        ("\t# BEGIN\tSOLUTION", "#\tEND SOLUTION"),
    ],
)
def test_the_spellings_of_our_neighbours_are_understood(begin: str, end: str) -> None:
    (region,) = find_regions(f"{begin}\nx = 1\n{end}", "x.py")
    assert (region.begin, region.end) == (1, 3)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(ending: str) -> None:
    text = ending.join(["a = 1", BEGIN, "x = 1", END, "b = 2"])
    regions = find_regions(text, "x.py")
    assert regions[0].begin == 2
    assert replace_regions(text, regions, lambda _: ["pass"]) == "a = 1\npass\nb = 2"


def test_stray_end_marker_is_rejected_with_its_line() -> None:
    assert refused(f"x = 1\n{END}\n").startswith("relu.py:2: END SOLUTION without a BEGIN")


def test_unclosed_region_is_rejected_with_the_line_it_begins_in() -> None:
    assert refused(f"\n\n{BEGIN}\nx = 1\n").startswith("relu.py:3: BEGIN SOLUTION without an END")


def test_nested_region_is_rejected_with_both_lines() -> None:
    message = refused(f"{BEGIN}\nx = 1\n{BEGIN}\ny = 1\n{END}\n{END}\n")
    assert message.startswith("relu.py:3: this region begins inside the one of line 1")


@pytest.mark.parametrize("inside", ["", "\n   \n", "# only a comment\n"])
def test_empty_region_is_rejected(inside: str) -> None:
    assert refused(f"{BEGIN}\n{inside}{END}\n").startswith("relu.py:1: this region holds no code")


def test_mixed_spellings_in_one_region_are_rejected() -> None:
    message = refused(f"{BEGIN}\nx = 1\n### END SOLUTION\n")
    assert message.startswith("relu.py:3: the region of line 1 begins with `#` and ends with `###`")


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # BEGIN SOLUTION",
        "# BEGIN SOLUTION NO PROMPT",
        "# BEGIN SOLUTIONS",
        "# BEGIN_SOLUTION",
        "#BEGINSOLUTION",
        "# begin solution:",
        "BEGIN SOLUTION",
        "\x0c# BEGIN SOLUTION",
        "#\u00a0BEGIN SOLUTION",
        "return x  # SOLUTION",
        "x = 5 # SOLUTION NO PROMPT",
        '""" # BEGIN PROMPT',
        "### BEGIN HIDDEN TESTS",
    ],
)
def test_whatever_could_be_taken_for_a_marker_is_rejected(line: str) -> None:
    assert refused(f"a = 1\n{line}\n").startswith("relu.py:2: this looks like a marker")


@pytest.mark.parametrize(
    "line", ["# the end: solutions differ", "solution = begin(1)", "# A solution", "end_solution()"]
)
def test_ordinary_prose_and_code_are_no_markers(line: str) -> None:
    assert find_regions(line, "x.py") == ()


def test_blank_lines_around_a_region_that_disappears_do_not_add_up() -> None:
    text = f"a = 1\n\n\n{BEGIN}\nx = 1\n{END}\n\n\nb = 2\n"
    regions = find_regions(text, "x.py")
    assert replace_regions(text, regions, lambda _: []) == "a = 1\n\n\nb = 2\n"


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [BEGIN, END, "### BEGIN SOLUTION", "### END SOLUTION", f"    {BEGIN}", f"    {END}"]
        ),
        st.integers(0, 10**9).map(lambda number: f"    secret_{number}()"),
        st.sampled_from(["", "  ", "def f():", "# a remark"]),
        st.text(max_size=12),
    ),
    max_size=30,
)


@given(LINES)
def test_any_text_gives_regions_or_a_marker_error_and_no_solution_survives(
    lines: list[str],
) -> None:
    text = "\n".join(lines)
    try:
        regions = find_regions(text, "any.py")
    except MarkerError as error:
        assert str(error).startswith("any.py:")  # noqa: PT017  (what is judged is the text)
        return
    stub = replace_regions(text, regions, lambda region: [f"{region.indent}..."])
    assert find_regions(stub, "any.py") == ()
    source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    outside = list(source)
    for region in reversed(regions):
        outside[region.begin - 1 : region.end] = [f"{region.indent}..."]
    assert stub.split("\n") == outside


@given(st.text(alphabet=st.characters(exclude_characters="\r")))
def test_text_without_markers_stays_as_it_is(text: str) -> None:
    try:
        regions = find_regions(text, "any.py")
    except MarkerError:
        return
    if not regions:
        assert replace_regions(text, regions, lambda _: ["never"]) == text
