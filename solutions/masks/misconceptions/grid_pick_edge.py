"""A whole block is cut out, from the first place in each list to the last.

What lies between two places that were asked for was not asked for. And what if the second place
lies before the first, or is named twice?
"""

function = "grid_pick"
code = "EDGE"
fails = (
    "test_grid_pick_another_number_of_rows_than_of_columns",
    "test_grid_pick_repeats_what_is_named_twice",
    "test_grid_pick_cuts_a_pattern",
)


def grid_pick(table, rows, cols):
    return table[int(rows[0]) : int(rows[-1]) + 1, int(cols[0]) : int(cols[-1]) + 1]
