"""Exactly at the limit counts as late.

Who promises half an hour and takes half an hour sharp: has the promise been broken? Which sign
says "more than"?
"""

function = "select_late"
code = "EDGE"
fails = ("test_select_late_exactly_at_the_limit_is_in_time",)


def select_late(features, minutes, limit):
    return features[(minutes >= limit).squeeze(1)]
