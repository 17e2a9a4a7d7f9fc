"""The bias is left out: only the way is counted.

What does every order cost before anybody moves?
"""

function = "can_deliver"
code = "BIAS"
fails = (
    "test_can_deliver_counts_fractions_of_a_minute",
    "test_can_deliver_takes_the_bias_into_account",
)


def can_deliver(miles, w, b, limit=30.0):  # noqa: ARG001
    return w * miles <= limit
