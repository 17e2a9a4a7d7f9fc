"""The minutes are cut down to whole ones before they are compared, so that seconds do not count.

An order that takes a few seconds more than was promised: has the promise been kept? What is left
of these seconds when you compare?
"""

function = "is_late"
code = "EDGE"
fails = ("test_is_late_exactly_at_the_limit_is_in_time",)


def is_late(minutes, limit=30.0):
    return (minutes.floor() > limit).squeeze(1)
