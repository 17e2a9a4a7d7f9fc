"""The minutes are rounded before they are compared.

Half a minute can decide. What does rounding make of it?
"""

function = "can_deliver"
code = "EDGE"
fails = ("test_can_deliver_counts_fractions_of_a_minute",)


def can_deliver(miles, w, b, limit=30.0):
    return round(w * miles + b) <= limit
