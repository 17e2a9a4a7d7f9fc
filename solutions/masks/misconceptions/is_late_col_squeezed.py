"""`squeeze()` takes away every dimension of size 1, and with a single delivery there are two.

What shape is left of `[1, 1]`? Can you say which dimension has to go?
"""

function = "is_late"
code = "COL"
fails = ("test_is_late_gives_one_answer_per_delivery",)


def is_late(minutes, limit=30.0):
    return (minutes > limit).squeeze()
