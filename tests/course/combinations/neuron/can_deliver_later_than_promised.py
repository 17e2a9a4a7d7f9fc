"""Yes and no are swapped, and the last moment is on the wrong side."""

function = "can_deliver"
codes = ("FLIP", "EDGE")


def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:
    return w * miles + b > limit
