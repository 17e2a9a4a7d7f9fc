"""The columns are added up and not the rows.

Which axis should disappear?
"""

function = "total"
code = "COL"
fails = ("test_total_of_fresh_numbers", "test_total_of_no_rows_cnry_title_plover")
secret = "cnry-misconception-crow"


def total(x):
    return x.sum(dim=0)
