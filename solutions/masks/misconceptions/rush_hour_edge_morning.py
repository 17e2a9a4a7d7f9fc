"""Ten o'clock is still counted as part of the morning's rush hour.

Ask your function about ten sharp, and about a minute before. For each end of an interval the rule
says whether it belongs: which sign says so?
"""

function = "rush_hour"
code = "EDGE"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    morning = (hour >= 8) & (hour <= 10)
    afternoon = (hour >= 16) & (hour < 19)
    return ((morning | afternoon) & (is_weekend == 0)).float()
