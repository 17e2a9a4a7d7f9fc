"""The positions are a column, and so the answer gets one dimension too many.

Print what `nonzero` gives for a flat mask, and its shape. How many dimensions does a list of rows
have?
"""

function = "select_late"
code = "COL"
fails = (
    "test_select_late_keeps_whole_rows_in_their_order",
    "test_select_late_of_a_square_table",
    "test_select_late_exactly_at_the_limit_is_in_time",
    "test_select_late_a_single_row_stays_a_table",
    "test_select_late_of_a_table_with_one_column",
    "test_select_late_when_nobody_or_everybody_is",
    "test_select_late_keeps_the_type_of_the_table",
    "test_select_late_stays_vectorised_over_a_whole_year",
)


def select_late(features, minutes, limit):
    return features[(minutes > limit).squeeze(1).nonzero()]
