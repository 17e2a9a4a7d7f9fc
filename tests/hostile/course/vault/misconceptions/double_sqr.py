"""The number is squared and not doubled.

What is twice three, and what is three times three?
"""

function = "double"
code = "SQR"
fails = ("test_double_of_fresh_numbers", "test_double_of_known_numbers")
secret = "cnry-misconception-rook"


def double(x):
    return x * x
