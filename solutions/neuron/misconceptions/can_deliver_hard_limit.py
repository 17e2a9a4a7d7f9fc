"""The promise of 30 minutes is written into the answer; the limit handed in is never used.

Another company promises something else. Which of the arguments is never looked at?
"""

function = "can_deliver"
code = "HARD"
fails = ("test_can_deliver_follows_the_limit_it_is_given",)


def can_deliver(miles, w, b, limit=30.0):  # noqa: ARG001
    return w * miles + b <= 30
