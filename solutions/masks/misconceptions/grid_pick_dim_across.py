"""The lists are used along the wrong dimensions: the rows are looked for among the columns.

Which place in the brackets is for the rows? A square table does not complain.
"""

function = "grid_pick"
code = "DIM"
fails = (
    "test_grid_pick_another_number_of_rows_than_of_columns",
    "test_grid_pick_as_many_rows_as_columns",
    "test_grid_pick_repeats_what_is_named_twice",
    "test_grid_pick_a_single_row_or_column_stays_a_table",
    "test_grid_pick_keeps_the_type_of_the_table",
    "test_grid_pick_cuts_a_pattern",
)


def grid_pick(table, rows, cols):
    return table[cols, rows.unsqueeze(1)]
