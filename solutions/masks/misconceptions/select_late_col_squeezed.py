"""`squeeze()` takes away every dimension of size 1: with a single delivery the mask has none left.

What shape is left of `[1, 1]`, and what does an index without dimensions do to a table? Can you
say which dimension has to go?
"""

function = "select_late"
code = "COL"
fails = ("test_select_late_a_single_row_stays_a_table",)


def select_late(features, minutes, limit):
    return features[(minutes > limit).squeeze()]
