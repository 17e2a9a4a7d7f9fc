"""The last hour of the rush is cut off: only whole hours were thought of.

Is half past nine in the rush hour? And half past six in the evening? Ask your function.
"""

function = "rush_hour"
code = "EDGE"
fails = (
    "test_rush_hour_begins_and_ends_at_the_edge",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    morning = (hour >= 8) & (hour <= 9)
    afternoon = (hour >= 16) & (hour <= 18)
    return ((morning | afternoon) & (is_weekend == 0)).float()
