"""The wrong dimension is taken away: the first one counts the deliveries.

Print the shape before and after. Which of the two dimensions of a column has size 1, whatever its
length?
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
    return (minutes > limit).squeeze(0)
