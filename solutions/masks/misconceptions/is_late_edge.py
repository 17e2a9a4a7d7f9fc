"""Exactly at the limit counts as late.

Who promises half an hour and takes half an hour sharp: has the promise been broken? Which sign
says "more than"?
"""

function = "is_late"
code = "EDGE"
fails = ("test_is_late_exactly_at_the_limit_is_in_time",)


def is_late(minutes, limit=30.0):
    return (minutes >= limit).squeeze(1)
