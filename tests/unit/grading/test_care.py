"""What a notebook is run without, each time that a cell has ended Python."""

from grader.grading.care import Care
from grader.worker.endings import Reason


def crashed(*numbers: int) -> dict[int, Reason]:
    return dict.fromkeys(numbers, Reason.CRASHED)


def after(*guilty: int) -> Care | None:
    care: Care | None = Care()
    for number in guilty:
        assert care is not None
        care = care.beyond(number, Reason.CRASHED)
    return care


def test_first_of_a_cell_only_what_it_defines_is_run_then_nothing() -> None:
    assert after(2) == Care((2,), reasons=crashed(2))
    assert after(2, 2) == Care((2,), (2,), reasons=crashed(2))


def test_a_cell_that_was_not_run_cannot_be_left_out_again() -> None:
    assert after(2, 2, 2) is None


def test_of_many_cells_only_definitions_are_run_and_then_patience_ends() -> None:
    many = after(1, 2, 3)
    assert many == Care((1, 2, 3), (), is_definitions_only=True, reasons=crashed(1, 2, 3))
    assert many.beyond(4, Reason.CRASHED) == Care(
        (1, 2, 3), (4,), is_definitions_only=True, reasons=crashed(1, 2, 3, 4)
    )
    assert after(1, 2, 3, 4, 5) is None


def test_where_only_definitions_are_run_anyway_a_cell_is_left_out_at_once() -> None:
    care = Care(is_definitions_only=True).beyond(1, Reason.CRASHED)
    assert care == Care((), (1,), is_definitions_only=True, reasons=crashed(1))


def test_of_each_cell_it_is_known_how_it_ended_the_last_time() -> None:
    care = Care().beyond(2, Reason.HUNG)
    assert care is not None
    assert care.beyond(2, Reason.MEMORY) == Care((2,), (2,), reasons={2: Reason.MEMORY})
