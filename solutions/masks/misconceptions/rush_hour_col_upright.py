"""One side stands upright and the other lies flat, so every hour meets every day.

How many answers came back, and how many deliveries are there? Compare the shapes of all your
masks.
"""

function = "rush_hour"
code = "COL"
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
    h = hour.unsqueeze(1)
    rush = ((h >= 8) & (h < 10)) | ((h >= 16) & (h < 19))
    return (rush & (is_weekend == 0)).float()
