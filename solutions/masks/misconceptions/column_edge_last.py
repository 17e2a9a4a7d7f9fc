"""Counting from the end is off by one: -1 is taken for the last but one.

Count from the end and write down where your cut begins and where it ends. What comes after the
last column?
"""

function = "column"
code = "EDGE"
fails = ("test_column_counts_from_the_end",)


def column(features, j):
    if j < 0:
        j = (features.shape[1] + j - 1) % features.shape[1]
    return features[:, j : j + 1]
