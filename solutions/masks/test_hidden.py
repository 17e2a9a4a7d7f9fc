"""The hidden suite of `masks`: one test for each pitfall, named for it.

Random times keep a distance from every edge, and the edges are asked for by themselves, exactly
and a little to both sides. Everything else is drawn afresh for each submission.
"""

import itertools

import pytest
import torch

from grader.suite import hint, points

EDGES = (0.0, 8.0, 10.0, 16.0, 19.0, 24.0)
"""Midnight to midnight; between the second and the third, and the fourth and the fifth: rush."""

LECTURE = torch.tensor([[2.0, 11.9], [3.0, 15.3], [4.0, 18.8], [5.0, 22.2], [6.0, 25.6]])
LAB = torch.tensor([[1.0, 6.96], [2.0, 12.11], [3.0, 16.77], [4.0, 22.21]])

every_type = pytest.mark.parametrize("dtype", [torch.float64, torch.int64], ids=str)
FOLLOWS = hint("The answer has the type of the table. What did your numbers travel through?")


def numbers(rng, rows, columns, dtype=torch.float32):
    """A table of different whole numbers; a view, not laid out row by row."""
    count = torch.randperm(rows * columns, generator=rng) - rows
    return count.reshape(columns, rows).t().to(dtype)


def times(rng, late, in_time, dtype=torch.float32):
    """A column of minutes in any order: above 31 those that are late, below 29 the others."""
    above, below = (torch.rand(count, generator=rng) * 25 for count in (late, in_time))
    column = torch.cat([above + 31, below + 4]).to(dtype)
    return column[torch.randperm(late + in_time, generator=rng)].unsqueeze(1)


def week(rng):
    """Hours from every part of a weekday and of a weekend, in any order, as two columns."""
    parts = [
        low + (high - low) * (0.1 + 0.8 * torch.rand(2, generator=rng))
        for low, high in itertools.pairwise(EDGES)
    ]
    table = torch.stack([torch.cat(parts + parts), torch.arange(20) // 10], dim=1)
    return table[torch.randperm(20, generator=rng)].unbind(1)


@pytest.fixture(scope="module")
def year():
    """All deliveries of a year, for everybody: to make them takes longer than to answer."""
    draw = torch.Generator().manual_seed(365)
    return torch.rand(300_000, 3, generator=draw), 60 * torch.rand(300_000, 1, generator=draw)


# column ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("j", [0, 2, 3])
@hint("A single number as an index takes its dimension away. How does it come back?")
def test_column_stays_a_column(agree, rng, j):
    agree("column", numbers(rng, 5, 4), j)


@pytest.mark.parametrize("j", [-1, -4], ids=["last", "first"])
@hint("Counted from the end: if you cut from `j` to `j + 1`, where does the cut end then?")
def test_column_counts_from_the_end(agree, rng, j):
    agree("column", numbers(rng, 5, 4), j=j)


@points(2)
@hint("A square table forgives mistaking rows for columns. Which does the first index count?")
def test_column_of_a_square_table(agree, rng):
    agree("column", numbers(rng, 3, 3), 1)


@hint("One row, or one column: is it still a table of rows and columns?")
def test_column_of_a_narrow_table(agree, rng):
    agree("column", numbers(rng, 1, 4) + 7, 3)
    agree("column", numbers(rng, 4, 1), 0)


@every_type
@FOLLOWS
def test_column_keeps_its_type(agree, rng, dtype):
    agree("column", numbers(rng, 3, 5, dtype), 2)


# rush_hour -------------------------------------------------------------------------------------


@pytest.mark.parametrize("edge", EDGES[1:-1])
@hint("One end of each interval belongs to it and the other does not. Which sign says which?")
def test_rush_hour_begins_and_ends_at_the_edge(agree, rng, edge):
    away = 0.01 + 0.2 * torch.rand((), generator=rng).item()
    hour = torch.tensor([edge - away, edge, edge + away])
    agree("rush_hour", torch.cat([hour, hour]), torch.arange(6) < 3)


@points(2)
@hint("Two intervals, and a condition on the day. Which word of the rule joins which?")
def test_rush_hour_at_any_time_of_the_week(agree, rng):
    hour, is_weekend = week(rng)
    agree("rush_hour", hour, is_weekend == 1)


@pytest.mark.parametrize(("begin", "end"), [(8, 10), (16, 19)], ids=["morning", "afternoon"])
@hint("Both parts of the rush hour are for weekdays only. Which does `&` take first, which `|`?")
def test_rush_hour_is_on_weekdays_only(agree, rng, begin, end):
    hour = begin + (end - begin) * (0.1 + 0.8 * torch.rand(4, generator=rng))
    agree("rush_hour", hour, torch.tensor([True, False, True, False]))


@pytest.mark.parametrize("dtype", [torch.int64, torch.float32, torch.float64], ids=str)
@hint("The weekend may come as 1 and 0. Which signs work for numbers as well as for True?")
def test_rush_hour_takes_zero_and_one_for_the_weekend(agree, rng, dtype):
    hour, is_weekend = week(rng)
    agree("rush_hour", hour, is_weekend.to(dtype))


@every_type
@hint("Whatever comes in, a feature for a network goes out. Of what type are its weights?")
def test_rush_hour_is_float32_whatever_comes_in(agree, rng, dtype):
    hour, is_weekend = week(rng)
    agree("rush_hour", hour.to(dtype), is_weekend == 1)


@hint("One order is a table of one row. How many dimensions has the answer?")
def test_rush_hour_of_a_single_order(agree, rng):
    for hour in (16 + 2.9 * torch.rand(1, generator=rng), 10.1 + torch.rand(1, generator=rng)):
        agree("rush_hour", hour, torch.tensor([False]))


@points(2)
@hint("Look at the two curves: which hours, on which days?")
def test_rush_hour_round_the_clock(student, solution, expect, figure):
    hour = torch.arange(0, 24, 0.25)
    both, is_weekend = torch.cat([hour, hour]), torch.arange(192) >= 96
    answer, reference = student.rush_hour(both, is_weekend), solution.rush_hour(both, is_weekend)
    for day, part in (("weekday", slice(96)), ("weekend", slice(96, None))):
        picture = figure(f"Rush hour on a {day}", x="hour", y="rush_hour", public=True)
        picture.curve("reference", "reference", hour, reference[part])
        if isinstance(answer, torch.Tensor) and answer.shape == reference.shape:
            picture.curve("yours", "student", hour, answer[part])
    expect(answer, reference)


# is_late ---------------------------------------------------------------------------------------


@points(2)
@hint("Exactly at the limit the promise is kept. What does your sign say there?")
def test_is_late_exactly_at_the_limit_is_in_time(agree, rng):
    away = 0.01 + 0.5 * torch.rand((), generator=rng).item()
    agree("is_late", torch.tensor([[30.0 - away], [30.0], [30.0 + away]]))
    limit = torch.randint(40, 110, (), generator=rng).item() / 4
    agree("is_late", torch.tensor([[limit + away], [limit], [limit - away]]), limit)


@hint("Another promise was made here. Where does your function read it?")
def test_is_late_by_another_promise(agree, rng):
    minutes = times(rng, late=4, in_time=3)
    agree("is_late", minutes / 2, limit=15.0)
    agree("is_late", minutes * 2, 60)


@pytest.mark.parametrize("in_time", [0, 1, 6], ids=["one", "two", "seven"])
@hint("One answer for each delivery, and no second dimension, however many there are.")
def test_is_late_gives_one_answer_per_delivery(agree, rng, in_time):
    agree("is_late", times(rng, late=1, in_time=in_time))


@every_type
@hint("True or False, whatever type the minutes have.")
def test_is_late_takes_any_type_of_number(agree, rng, dtype):
    agree("is_late", times(rng, late=2, in_time=3, dtype=dtype))


@hint("What you are given may be one column of a table that others still need.")
def test_is_late_reads_the_column_of_a_table(agree, rng):
    table = torch.cat([numbers(rng, 5, 2), times(rng, late=2, in_time=3)], dim=1)
    agree("is_late", table[:, 2:], limit=30.0)


@hint("Look at the picture: which points lie above the line?")
def test_is_late_sees_who_is_above_the_line(student, solution, expect, figure):
    table, promise = torch.cat([LECTURE, LAB]), 20.0
    answer = student.is_late(table[:, 1:], promise)
    reference = solution.is_late(table[:, 1:], promise)
    picture = figure(
        "If the promise were 20 minutes: who would be late?",
        x="distance, miles",
        y="time, minutes",
        public=True,
    )
    picture.points("deliveries", "data", *table.unbind(1))
    picture.curve("the promise", "limit", [1.0, 6.0], [promise, promise])
    if isinstance(answer, torch.Tensor) and answer.shape == reference.shape:
        late = table.to(answer.device)[answer.to(torch.bool)]
        picture.points("late, you say", "student", *late.unbind(1))
    expect(answer, reference)


# select_late -----------------------------------------------------------------------------------


@hint("A mask for rows has one entry per row. Which shape have the minutes, which the mask?")
def test_select_late_keeps_whole_rows_in_their_order(agree, rng):
    agree("select_late", numbers(rng, 7, 3), times(rng, late=4, in_time=3), 30.0)


@hint("A square table has as many columns as rows: which of them does your mask choose from?")
def test_select_late_of_a_square_table(agree, rng):
    agree("select_late", numbers(rng, 5, 5), times(rng, late=2, in_time=3), limit=30.0)


@hint("Exactly at the limit the promise is kept, and the limit is what the caller says.")
def test_select_late_exactly_at_the_limit_is_in_time(agree, rng):
    away = 0.01 + 0.5 * torch.rand((), generator=rng).item()
    limit = torch.randint(40, 110, (), generator=rng).item() / 4
    minutes = torch.tensor([[limit + away], [limit], [limit - away], [limit + 2 * away]])
    agree("select_late", numbers(rng, 4, 3), minutes, limit)


@hint("One row that is left is still a table. What does `squeeze` do to a mask of one entry?")
def test_select_late_a_single_row_stays_a_table(agree, rng):
    agree("select_late", numbers(rng, 1, 3), times(rng, late=1, in_time=0), 30.0)
    agree("select_late", numbers(rng, 4, 3), times(rng, late=1, in_time=3), 30.0)


@hint("A table of one column has the shape of the minutes. Which shape has the answer?")
def test_select_late_of_a_table_with_one_column(agree, rng):
    agree("select_late", numbers(rng, 6, 1), times(rng, late=3, in_time=3), 30.0)


@pytest.mark.parametrize("limit", [60.0, 1.0], ids=["nobody", "everybody"])
@hint("Nobody late, or everybody: how many rows has the table then, and how many columns?")
def test_select_late_when_nobody_or_everybody_is(agree, rng, limit):
    features, minutes = numbers(rng, 5, 2), times(rng, late=2, in_time=3)
    agree("select_late", features, minutes, 30.0)  # who always answers the same earns nothing
    agree("select_late", features, minutes, limit)


@every_type
@FOLLOWS
def test_select_late_keeps_the_type_of_the_table(agree, rng, dtype):
    features = numbers(rng, 5, 3, dtype)
    agree("select_late", features, times(rng, late=3, in_time=2), 30.0)


@hint("How often does Python itself touch a row? A mask takes them all at once.")
def test_select_late_stays_vectorised_over_a_whole_year(agree, rng, year):
    agree("select_late", numbers(rng, 6, 4), times(rng, late=4, in_time=2), 30.0)
    agree.speed("select_late", *year, 30.0)


# grid_pick -------------------------------------------------------------------------------------


def places(rng, count, size):
    """`count` different places below `size`, in any order."""
    return torch.randperm(size, generator=rng)[:count]


@pytest.mark.parametrize(("k", "l"), [(2, 4), (4, 3)], ids=["wide", "tall"])
@hint("Every row meets every column: how many cells is that? Which way do the two lists lie?")
def test_grid_pick_another_number_of_rows_than_of_columns(agree, rng, k, l):
    agree("grid_pick", numbers(rng, 5, 6), places(rng, k, 5), places(rng, l, 6))


@points(2)
@hint("Lists of the same length are paired off without complaint. Who should meet whom?")
def test_grid_pick_as_many_rows_as_columns(agree, rng):
    rows = places(rng, 3, 4)
    agree("grid_pick", numbers(rng, 4, 4), rows, (rows + 1) % 4)


@points(2)
@hint("The order of the answer is that of the lists, and what is named twice comes twice.")
def test_grid_pick_repeats_what_is_named_twice(agree, rng):
    rows, cols = places(rng, 3, 4), places(rng, 2, 6)
    agree("grid_pick", numbers(rng, 4, 6), rows[[0, 1, 0, 2]], cols=cols[[1, 1, 0]])


@pytest.mark.parametrize(("k", "l"), [(1, 3), (3, 1), (1, 1)], ids=["row", "column", "cell"])
@hint("One row or one column that is picked is still a table.")
def test_grid_pick_a_single_row_or_column_stays_a_table(agree, rng, k, l):
    agree("grid_pick", numbers(rng, 4, 5) + 5, rows=places(rng, k, 4), cols=places(rng, l, 5))


@every_type
@FOLLOWS
def test_grid_pick_keeps_the_type_of_the_table(agree, rng, dtype):
    agree("grid_pick", numbers(rng, 3, 5, dtype), places(rng, 2, 3), places(rng, 4, 5))


@hint("Look at the pictures: which rows, which columns, and in which order?")
def test_grid_pick_cuts_a_pattern(student, solution, expect, figure):
    across, down = torch.meshgrid(torch.arange(6.0), torch.arange(8.0), indexing="ij")
    table, rows, cols = across * down, torch.tensor([5, 3, 1]), torch.tensor([1, 3, 5, 7])
    answer, reference = student.grid_pick(table, rows, cols), solution.grid_pick(table, rows, cols)
    title = "A table of products; then its rows 5, 3, 1 and its columns 1, 3, 5, 7"
    picture = figure(title, x="column", y="row", public=True)
    picture.image("the table", table).image("to be picked", reference).image("you picked", answer)
    expect(answer, reference)
