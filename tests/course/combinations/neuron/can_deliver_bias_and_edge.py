"""The bias is left out, and an order that takes exactly as long as promised is refused."""

function = "can_deliver"
codes = ("BIAS", "EDGE")


def can_deliver(miles: float, w: float, b: float, limit: float = 30.0) -> bool:  # noqa: ARG001
    return w * miles < limit
