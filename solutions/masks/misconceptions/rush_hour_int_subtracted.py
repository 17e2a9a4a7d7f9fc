"""`1 - is_weekend` treats True and False as numbers, which torch refuses.

The weekend may come as True and False or as 1 and 0. Which comparison gives a mask in either
case?
"""

function = "rush_hour"
code = "INT"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_at_any_time_of_the_week",
    "test_rush_hour_is_on_weekdays_only",
    "test_rush_hour_is_float32_whatever_comes_in",
    "test_rush_hour_of_a_single_order",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    rush = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    return rush.float() * (1 - is_weekend)
