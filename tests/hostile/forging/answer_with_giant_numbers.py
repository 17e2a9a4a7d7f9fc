"""Answer with whole numbers of a million digits, and with numbers that are almost the right ones.

Wall: an int of more than 4096 bits stays in the worker; a bool is no int and a float is none, where
an int is expected.
"""

HONEST = 0


def double(x):
    return 10**300_000 if x.numel() == 3 else -(1 << 4000)


def total(x):
    return [1 << 63, -(1 << 63) - 1, 1 << 4096, 5e-324, -0.0, 1e308 * 10]


def rows(x):
    class Number(int):
        def __index__(self):
            return 7

        def bit_length(self):
            return 1

    return Number(1 << 100_000)


def label(word):
    counts = {letter: word.count(letter) for letter in word}
    return {letter: bool(count) if count == 1 else 1 << 70 for letter, count in counts.items()}
