"""The tests you can run yourself. The graders use other data, and more of it."""

import pytest
import torch

from grader.suite import hint

TABLE = torch.tensor([[2.0, 9.0, 0.0], [3.0, 17.5, 0.0], [7.0, 12.0, 1.0], [4.0, 8.0, 0.0]])


@pytest.mark.parametrize("j", [1, -1], ids=["second", "last"])
@hint("How many dimensions has your answer? A column has rows and one column.")
def test_column_stays_a_column(agree, j):
    agree("column", TABLE, j)


@hint("Rows or columns: which of the two does the first index count?")
def test_column_of_a_square_table(agree):
    agree("column", torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 0)


@hint("Say the rule aloud, word by word: which words are an `and`, which an `or`?")
def test_rush_hour_on_a_weekday_and_on_a_weekend(agree):
    hour = torch.tensor([7.25, 8.5, 12.0, 16.75, 18.5, 21.0])
    agree("rush_hour", hour, torch.tensor([False] * 6))
    agree("rush_hour", torch.cat([hour, hour]), torch.tensor([False] * 6 + [True] * 6))


@hint("Which of the two ends belong to the rush hour, and which do not?")
def test_rush_hour_begins_and_ends_in_the_morning(agree):
    agree("rush_hour", torch.tensor([7.75, 8.0, 9.75, 10.0]), torch.tensor([0, 0, 0, 0]))


@hint("What if it took 30 minutes sharp? And how many dimensions has a mask for rows?")
def test_is_late_by_the_promise_of_thirty_minutes(agree):
    agree("is_late", torch.tensor([[29.05], [37.2], [30.0], [11.9]]))


@hint("Another promise was made here. Where does your function read it?")
def test_is_late_by_another_promise(agree):
    agree("is_late", torch.tensor([[15.3], [22.2], [18.8]]), limit=16.0)


@hint("The mask says which rows. What shape has it, and how many rows has the table?")
def test_select_late_keeps_whole_rows(agree):
    minutes = torch.tensor([[12.0], [41.5], [33.0], [30.0]])
    agree("select_late", TABLE, minutes, 30.0)


@hint("A table may have no rows and still have its columns.")
def test_select_late_gives_a_table_without_rows_if_nobody_was_late(agree):
    minutes = torch.tensor([[12.0], [21.5], [13.0], [20.0]])
    agree("select_late", TABLE, minutes, 20.5)  # who always gives back nothing earns nothing
    agree("select_late", TABLE, minutes, 25.0)


@hint("Every row that was asked for meets every column that was asked for.")
def test_grid_pick_crosses_rows_and_columns(agree):
    agree("grid_pick", TABLE, torch.tensor([3, 0, 1]), torch.tensor([2, 0]))


@hint("How many cells has the answer? Did each row meet each column, or only its partner?")
def test_grid_pick_as_many_rows_as_columns(agree):
    agree("grid_pick", TABLE, torch.tensor([2, 0]), torch.tensor([0, 1]))
