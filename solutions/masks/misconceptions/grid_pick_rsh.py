"""The shape is right, but the cells stand in the wrong order: they were poured into it.

`reshape` fills row by row, whatever the numbers mean. In what order did the cells come?
"""

function = "grid_pick"
code = "RSH"
fails = (
    "test_grid_pick_another_number_of_rows_than_of_columns",
    "test_grid_pick_as_many_rows_as_columns",
    "test_grid_pick_repeats_what_is_named_twice",
    "test_grid_pick_keeps_the_type_of_the_table",
    "test_grid_pick_cuts_a_pattern",
)


def grid_pick(table, rows, cols):
    return table[rows, cols.unsqueeze(1)].reshape(len(rows), len(cols))
