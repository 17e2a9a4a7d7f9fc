"""If only one delivery was late, its row is no longer a table.

How many dimensions have your positions if there are many of them, and how many if there is one?
What did `squeeze` take away?
"""

function = "select_late"
code = "COL"
fails = ("test_select_late_a_single_row_stays_a_table",)


def select_late(features, minutes, limit):
    return features[(minutes > limit).squeeze(1).nonzero().squeeze()]
