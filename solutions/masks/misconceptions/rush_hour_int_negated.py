"""`~is_weekend` works for True and False; numbers it refuses, or turns bit by bit.

The weekend may come as True and False or as 1 and 0. Which comparison gives a mask in either
case?
"""

function = "rush_hour"
code = "INT"
fails = ("test_rush_hour_takes_zero_and_one_for_the_weekend",)


def rush_hour(hour, is_weekend):
    rush = ((hour >= 8) & (hour < 10)) | ((hour >= 16) & (hour < 19))
    return (rush & ~is_weekend).float()
