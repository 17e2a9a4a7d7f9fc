from hypothesis import given
from hypothesis import strategies as st

from grader.intake.bindings import bindings_of
from grader.intake.notebook import Cell, CellKind


def cells(*sources: str) -> list[Cell]:
    return [
        Cell(kind=CellKind.CODE, source=source, number=number, line=1)
        for number, source in enumerate(sources, 1)
    ]


def test_what_each_cell_defines_is_told_by_its_number() -> None:
    found = bindings_of(cells("def f(): ...\nx = 1", "class C: ...\nx == 2", "def f( broken"))
    assert found.functions == {1: ("f",), 2: (), 3: ("f",)}
    assert found.defined == {1: ("f", "x"), 2: ("C",), 3: ("f",)}


def test_names_bound_anywhere_count() -> None:
    found = bindings_of(cells("import a.b, c as d\nfor i in []:\n    with x as y: z: int = 1"))
    assert found.bound >= {"a", "d", "i", "y", "z"}
    assert not found.has_star
    assert bindings_of(cells("from torch import *")).has_star


def test_magics_are_passed_over() -> None:
    assert "x" in bindings_of(cells("%matplotlib inline\nx = 1")).bound


@given(st.lists(st.text() | st.sampled_from(["def f(:", "(" * 500, "x = \0"]), max_size=3))
def test_any_text_binds_something_or_nothing(sources: list[str]) -> None:
    found = bindings_of(cells(*sources))
    assert set(found.functions) == set(found.defined) == set(range(1, len(sources) + 1))
