import pytest

from grader.intake.magics import without_magics


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("if x:\n    files = !ls\n    !rm x", "if x:\n    files = None\n    pass"),
        ("a['b'] = %pwd", "a['b'] = None"),
        ("%%time\ny = 1", "\ny = 1"),
        ("\n\n%%capture out\ny = 1", "\n\n\ny = 1"),
        ("%%bash\nls", ""),
        ("%%writefile x.py\ndef relu(x): pass", ""),
        ("print?\n?print\nx.y??", "pass\npass\npass"),
        ("x = 7 % 3\nis_it = '50%'\nx = y != z", "x = 7 % 3\nis_it = '50%'\nx = y != z"),
        ("# really?\ntext = 'what?'", "# really?\ntext = 'what?'"),
    ],
)
def test_what_only_jupyter_understands_gives_way_and_no_line_moves(cell: str, plain: str) -> None:
    assert without_magics(cell) == plain
