"""The mask is still a column `[N, 1]`, and a flat `[N]` is asked for.

Print the shape of your mask. The minutes came as a column; what is asked is one answer per
delivery, and nothing besides.
"""

function = "is_late"
code = "COL"
fails = (
    "test_is_late_exactly_at_the_limit_is_in_time",
    "test_is_late_by_another_promise",
    "test_is_late_gives_one_answer_per_delivery",
    "test_is_late_takes_any_type_of_number",
    "test_is_late_reads_the_column_of_a_table",
    "test_is_late_sees_who_is_above_the_line",
)


def is_late(minutes, limit=30.0):
    return minutes > limit
