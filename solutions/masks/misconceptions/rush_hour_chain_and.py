"""`and` and `or` ask a whole tensor for a single True or False.

A comparison of a tensor gives one answer per entry, and these two words want a single one. Which
signs join two masks entry by entry?
"""

function = "rush_hour"
code = "CHAIN"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_at_any_time_of_the_week",
    "test_rush_hour_is_on_weekdays_only",
    "test_rush_hour_takes_zero_and_one_for_the_weekend",
    "test_rush_hour_is_float32_whatever_comes_in",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    rush = (hour >= 8 and hour < 10) or (hour >= 16 and hour < 19)
    return (rush and is_weekend == 0).float()
