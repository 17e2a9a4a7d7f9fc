"""Both lists lie flat, so they are still read in pairs.

How many cells should come back, and how many did? Give one of the two lists a dimension of size
1, so that every row meets every column.
"""

function = "grid_pick"
code = "COL"
fails = (
    "test_grid_pick_another_number_of_rows_than_of_columns",
    "test_grid_pick_as_many_rows_as_columns",
    "test_grid_pick_repeats_what_is_named_twice",
    "test_grid_pick_a_single_row_or_column_stays_a_table",
    "test_grid_pick_keeps_the_type_of_the_table",
    "test_grid_pick_cuts_a_pattern",
)


def grid_pick(table, rows, cols):
    return table[rows.unsqueeze(0), cols.unsqueeze(0)]
