"""Answer with lists in lists in lists, with a list that contains itself, and with very many parts.

Wall: depth and number of parts are bounded by the worker's packer and, for one who replaces it, by
the decoder on the other side.
"""

HONEST = 0


def double(x):
    nest = []
    for _ in range(100_000):
        nest = [nest]
    return nest


def total(x):
    circle = [x]
    circle.append(circle)
    return circle


def rows(x):
    wide = [1.0] * 1000
    return [wide] * 1000


def label(word):
    mapping = {}
    mapping["again"] = mapping
    raise RuntimeError(mapping, [mapping] * 1000)
