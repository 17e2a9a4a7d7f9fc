"""`&` comes before `|`: only the afternoon is kept to weekdays, the morning is not.

Among numbers, `*` comes before `+`. Which of your signs comes first here? Put parentheses around
what belongs together and compare.
"""

function = "rush_hour"
code = "PREC"
fails = (
    "test_rush_hour_at_any_time_of_the_week",
    "test_rush_hour_is_on_weekdays_only",
    "test_rush_hour_takes_zero_and_one_for_the_weekend",
    "test_rush_hour_round_the_clock",
)


def rush_hour(hour, is_weekend):
    morning = (hour >= 8) & (hour < 10)
    afternoon = (hour >= 16) & (hour < 19)
    return (morning | afternoon & (is_weekend == 0)).float()
