"""The lecture's weight and bias are written into the answer; those handed in are never used.

A neuron trained on other deliveries has other parameters. Where would they come in?
"""

function = "can_deliver"
code = "HARD"
fails = (
    "test_can_deliver_the_order_at_seven_miles",
    "test_can_deliver_exactly_at_the_limit_is_on_time",
    "test_can_deliver_counts_fractions_of_a_minute",
    "test_can_deliver_takes_the_bias_into_account",
)


def can_deliver(miles, w, b, limit=30.0):  # noqa: ARG001
    return 3.43 * miles + 5.04 <= limit
