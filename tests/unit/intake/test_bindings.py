import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.bindings import Bindings, Definition, bindings_of
from grader.intake.notebook import Cell, CellKind


def cells(*sources: str) -> list[Cell]:
    return [
        Cell(kind=CellKind.CODE, source=source, number=number, line=1)
        for number, source in enumerate(sources, 1)
    ]


def names(found: Bindings, number: int = 1) -> set[str]:
    return {definition.name for definition in found.defined[number]}


def test_what_each_cell_defines_is_told_by_its_number() -> None:
    found = bindings_of(cells("def f(): ...\nx = 1", "class C: ...\nx == 2", "def f( broken"))
    assert found.functions == {1: ("f",), 2: (), 3: ()}
    assert [names(found, number) for number in (1, 2, 3)] == [{"f", "x"}, {"C"}, {"f"}]
    assert found.broken == {3: ("f",)}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import numpy as np, os.path", {"np", "os"}),
        ("a, (b, *c) = 1, [2, 3]\nd: int = 4\ne += 1", {"a", "b", "c", "d", "e"}),
        ("async def f(): ...", {"f"}),
        ("with open('x') as file:\n    text = file.read()", {"file", "text"}),
        ("if True:\n    def f(): ...\nelse:\n    import g", {"f", "g"}),
        ("for i in []:\n    j = i", {"i", "j"}),
        ("match 1:\n    case [x, *y]: ...\n    case {**z}: ...", {"x", "y", "z"}),
        ("if (n := 1): ...", {"n"}),
        ("from torch import *", {"*"}),
        ("def f():\n    a = 1\nclass C:\n    b = 1\n[c for c in []]\nlambda: (d := 1)", {"f", "C"}),
        ("%%time\nx = 1", {"x"}),
        ("x = !ls", {"x"}),
        ("def f(:\nasync def g():\nx: int = 1\nclass C:", {"f", "g", "x", "C"}),
    ],
)
def test_whatever_binds_a_name_outside_of_functions_defines_it(
    source: str, expected: set[str]
) -> None:
    assert names(bindings_of(cells(source))) == expected


def test_a_definition_knows_the_lines_of_its_statement() -> None:
    (cell,) = cells("import os\n\nx = [\n    1,\n]")
    found = bindings_of([Cell(kind=cell.kind, source=cell.source, number=1, line=11)])
    assert found.defined[1] == (Definition("os", 11, 11), Definition("x", 13, 15))


def test_names_bound_anywhere_count() -> None:
    found = bindings_of(cells("import a.b, c as d\nfor i in []:\n    with x as y: z: int = 1"))
    assert found.bound >= {"a", "d", "i", "y", "z"}
    assert "local" in bindings_of(cells("def f():\n    local = 1")).bound
    assert not found.has_star
    assert bindings_of(cells("from torch import *")).has_star


def test_magics_are_passed_over() -> None:
    assert "x" in bindings_of(cells("%matplotlib inline\nx = 1")).bound


@given(st.lists(st.text() | st.sampled_from(["def f(:", "(" * 500, "x = \0"]), max_size=3))
def test_any_text_binds_something_or_nothing(sources: list[str]) -> None:
    found = bindings_of(cells(*sources))
    assert set(found.functions) == set(found.defined) == set(range(1, len(sources) + 1))
