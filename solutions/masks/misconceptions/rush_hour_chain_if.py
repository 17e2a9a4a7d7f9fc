"""An `if` asks a whole tensor for a single True or False.

A comparison of a tensor gives one answer per entry, and an `if` wants a single one. Which signs
join two masks entry by entry?
"""

function = "rush_hour"
code = "CHAIN"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_at_any_time_of_the_week",
    "test_rush_hour_is_on_weekdays_only",
    "test_rush_hour_takes_zero_and_one_for_the_weekend",
    "test_rush_hour_is_float32_whatever_comes_in",
    "test_rush_hour_of_a_single_order",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    if is_weekend:
        return 0.0
    if 8 <= hour < 10 or 16 <= hour < 19:
        return 1.0
    return 0.0
