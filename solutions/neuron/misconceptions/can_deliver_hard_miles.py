"""Every order is taken to be 7 miles away.

Which of the four arguments is never looked at?
"""

function = "can_deliver"
code = "HARD"
fails = (
    "test_can_deliver_exactly_at_the_limit_is_on_time",
    "test_can_deliver_any_order_on_any_line",
)


def can_deliver(miles, w, b, limit=30.0):  # noqa: ARG001
    return w * 7 + b <= limit
