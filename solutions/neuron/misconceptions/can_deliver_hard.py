"""The order is always taken, as in the lecture.

Is there a line on which you would refuse? What does your answer depend on?
"""

function = "can_deliver"
code = "HARD"
fails = (
    "test_can_deliver_the_order_at_seven_miles",
    "test_can_deliver_exactly_at_the_limit_is_on_time",
    "test_can_deliver_counts_fractions_of_a_minute",
    "test_can_deliver_follows_the_limit_it_is_given",
    "test_can_deliver_takes_the_bias_into_account",
    "test_can_deliver_any_order_on_any_line",
)


def can_deliver(miles, w, b, limit=30.0):  # noqa: ARG001
    return True
