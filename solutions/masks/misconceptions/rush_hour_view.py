"""The hours that were handed in have been overwritten.

Print the table before and after the call. Who else may still want to know at what hour these
orders came?
"""

function = "rush_hour"
code = "VIEW"
fails = (
    "test_rush_hour_at_any_time_of_the_week",
    "test_rush_hour_is_on_weekdays_only",
    "test_rush_hour_takes_zero_and_one_for_the_weekend",
    "test_rush_hour_begins_and_ends_at_the_edge",
)


def rush_hour(hour, is_weekend):
    hour[is_weekend == 1] = 0
    return (((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))).float()
