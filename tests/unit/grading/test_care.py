"""What a notebook is run without, each time that a cell has ended Python."""

from grader.grading.care import Care


def after(*guilty: int) -> Care | None:
    care: Care | None = Care()
    for number in guilty:
        assert care is not None
        care = care.beyond(number)
    return care


def test_first_of_a_cell_only_what_it_defines_is_run_then_nothing() -> None:
    assert after(2) == Care(reduced=(2,))
    assert after(2, 2) == Care(reduced=(2,), skipped=(2,))


def test_a_cell_that_was_not_run_cannot_be_left_out_again() -> None:
    assert after(2, 2, 2) is None


def test_of_many_cells_only_definitions_are_run_and_then_patience_ends() -> None:
    many = after(1, 2, 3)
    assert many == Care(reduced=(1, 2, 3), is_definitions_only=True)
    assert many.beyond(4) == Care((1, 2, 3), (4,), is_definitions_only=True)
    assert after(1, 2, 3, 4, 5) is None


def test_where_only_definitions_are_run_anyway_a_cell_is_left_out_at_once() -> None:
    assert Care(is_definitions_only=True).beyond(1) == Care((), (1,), is_definitions_only=True)


def test_each_cell_is_told_once_and_as_what_became_of_it() -> None:
    (left_out,) = Care(reduced=(2,), skipped=(2,)).notes
    assert left_out.endswith("It was left out, and all other cells were run again without it.")
    (skipped,) = Care(skipped=(1,), is_definitions_only=True).notes
    assert skipped.startswith("Cell [1] ended Python")
    *cells, all_of_them = Care((1, 2, 3), is_definitions_only=True).notes
    assert len(cells) == 3
    assert all_of_them.startswith("So many cells did so")
