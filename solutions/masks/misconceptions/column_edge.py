"""The cut from `j` to `j + 1` is empty when `j` means the last column.

Count from the end and write down where your cut begins and where it ends. What comes after the
last column?
"""

function = "column"
code = "EDGE"
fails = ("test_column_counts_from_the_end",)


def column(features, j):
    return features[:, j : j + 1]
