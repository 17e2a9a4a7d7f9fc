"""The mask holds the numbers 1.0 and 0.0, not True and False.

That is a feature, as in `rush_hour`. A mask that chooses rows is what the comparison itself
gives.
"""

function = "is_late"
code = "INT"
fails = (
    "test_is_late_exactly_at_the_limit_is_in_time",
    "test_is_late_by_another_promise",
    "test_is_late_gives_one_answer_per_delivery",
    "test_is_late_takes_any_type_of_number",
    "test_is_late_reads_the_column_of_a_table",
    "test_is_late_sees_who_is_above_the_line",
)


def is_late(minutes, limit=30.0):
    return (minutes > limit).squeeze(1).float()
