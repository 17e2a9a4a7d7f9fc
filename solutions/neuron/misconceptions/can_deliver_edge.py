"""An order that takes exactly as long as promised is refused.

The promise is kept up to its last moment. Is that moment still in yours?
"""

function = "can_deliver"
code = "EDGE"
fails = ("test_can_deliver_exactly_at_the_limit_is_on_time",)


def can_deliver(miles, w, b, limit=30.0):
    return w * miles + b < limit
