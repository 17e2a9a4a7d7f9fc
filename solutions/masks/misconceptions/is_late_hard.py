"""The limit is always the same: what the caller says is not looked at.

Where in your line does `limit` occur? Not every company promises the same.
"""

function = "is_late"
code = "HARD"
fails = (
    "test_is_late_by_another_promise",
    "test_is_late_exactly_at_the_limit_is_in_time",
    "test_is_late_sees_who_is_above_the_line",
)


def is_late(minutes, limit=30.0):  # noqa: ARG001
    return (minutes > 30.0).squeeze(1)
