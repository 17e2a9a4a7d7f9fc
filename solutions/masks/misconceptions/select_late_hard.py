"""The limit is always the same: what the caller says is not looked at.

Where in your line does `limit` occur? Not every company promises the same.
"""

function = "select_late"
code = "HARD"
fails = (
    "test_select_late_exactly_at_the_limit_is_in_time",
    "test_select_late_when_nobody_or_everybody_is",
)


def select_late(features, minutes, limit):  # noqa: ARG001
    return features[(minutes > 30.0).squeeze(1)]
