"""The rows that came in time are overwritten in the table that was handed in.

Print the table after the call. Whose table was it? Leaving rows out needs no change to any of
them.
"""

function = "select_late"
code = "VIEW"
fails = (
    "test_select_late_keeps_whole_rows_in_their_order",
    "test_select_late_of_a_square_table",
    "test_select_late_exactly_at_the_limit_is_in_time",
    "test_select_late_of_a_table_with_one_column",
    "test_select_late_when_nobody_or_everybody_is",
    "test_select_late_keeps_the_type_of_the_table",
    "test_select_late_stays_vectorised_over_a_whole_year",
)


def select_late(features, minutes, limit):
    late = (minutes > limit).squeeze(1)
    kept = features[late]
    features[~late] = 0
    return kept
