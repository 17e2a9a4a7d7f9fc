from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from grader.records.notebook import CellPlace
from grader.report.source import excerpt, highlighted, lines_of

SOURCE = '''@torch.no_grad()
def relu(x):  # the <bend>
    """Keeps "positive"
    numbers."""
    return f'{x!r}' if x > 1.5e-3 else None
'''


def _text(line: str) -> str:
    return html.unescape(re.sub(r"</?span[^>]*>", "", line))


@given(st.text(st.sampled_from("abc def'\"\\#@0.\n\t<&>rf\u202e\x1b") | st.characters()))
def test_the_page_shows_every_character_of_the_file_and_no_tag_of_its_own(text: str) -> None:
    lines = lines_of(text)
    shown = highlighted(lines, frozenset())
    assert [_text(line.html) for line in shown] == lines[: len(shown)]
    assert not any(line.strip() for line in lines[len(shown) :])
    for line in shown:
        assert re.fullmatch(r'([^<]|<span class="[csfkn]">|</span>)*', line.html)
        assert line.html.count("<span") == line.html.count("</span>")


def test_comments_strings_keywords_numbers_and_names_have_colours() -> None:
    lines = [str(line.html) for line in highlighted(lines_of(SOURCE), frozenset({5}))]
    assert lines[0] == '<span class="f">@torch.no_grad</span>()'
    assert lines[1] == (
        '<span class="k">def</span> <span class="f">relu</span>(x):  '
        '<span class="c"># the &lt;bend&gt;</span>'
    )
    assert lines[2] == '    <span class="s">&#34;&#34;&#34;Keeps &#34;positive&#34;</span>'
    assert lines[3] == '<span class="s">    numbers.&#34;&#34;&#34;</span>'
    assert lines[4] == (
        '    <span class="k">return</span> <span class="s">f&#39;{x!r}&#39;</span> '
        '<span class="k">if</span> x &gt; <span class="n">1.5e</span>-<span class="n">3</span> '
        '<span class="k">else</span> <span class="k">None</span>'
    )


def test_lines_are_numbered_as_python_numbers_them() -> None:
    assert lines_of("a\r\nb\rc\x0cd\u2028e\n") == ["a", "b", "c␌d[U+2028]e", ""]


def test_the_lines_of_findings_are_marked() -> None:
    marked = [
        line.number for line in highlighted(["a", "b", "c"], frozenset({2, 9})) if line.is_marked
    ]
    assert marked == [2]


def test_an_excerpt_stays_inside_the_file() -> None:
    lines = ["one", "two", "<three>"]
    assert [(e.number, e.html, e.is_marked) for e in excerpt(lines, [3], around=1)] == [
        (2, "two", False),
        (3, "&lt;three&gt;", True),
    ]
    assert excerpt(lines, [4]) == ()
    assert excerpt(lines, [0]) == ()


def test_an_excerpt_of_a_notebook_stays_in_its_cell_and_counts_from_its_top() -> None:
    lines = ["# %% [1]", "a = 1", "b = 2", "", "# %% [2]", "c = 3", "d = 4"]
    cells = (CellPlace(number=1, line=2, count=2), CellPlace(number=2, line=6, count=2))
    assert [(e.number, e.html, e.is_marked) for e in excerpt(lines, [3], cells)] == [
        (1, "a = 1", False),
        (2, "b = 2", True),
    ]
    assert [(e.number, e.is_marked) for e in excerpt(lines, [6, 7], cells)] == [
        (1, True),
        (2, True),
    ]


def test_an_excerpt_of_lines_far_apart_stays_short() -> None:
    shown = excerpt([str(number) for number in range(1, 101)], [10, 90])
    assert [line.number for line in shown] == list(range(8, 24))
    assert [line.number for line in shown if line.is_marked] == [10]
