"""A whole block is cut out, from the smallest place in each list to the largest.

What lies between two places that were asked for was not asked for. And what becomes of the order,
and of a place that is named twice?
"""

function = "grid_pick"
code = "EDGE"
fails = (
    "test_grid_pick_repeats_what_is_named_twice",
    "test_grid_pick_cuts_a_pattern",
)


def grid_pick(table, rows, cols):
    return table[int(rows.min()) : int(rows.max()) + 1, int(cols.min()) : int(cols.max()) + 1]
