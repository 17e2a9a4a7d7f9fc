"""Infinity is multiplied by 0, or subtracted from itself, on the way.

For ordinary numbers your formula is right. What does a computer make of infinity times 0, and of
infinity minus infinity?
"""

function = "relu"
code = "OVF"
fails = ("test_relu_of_plus_and_minus_infinity",)


def relu(x):
    return (x + abs(x)) / 2
