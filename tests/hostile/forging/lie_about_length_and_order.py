"""Answer with containers that lie about their length and never end when they are read.

Wall: they are read in the worker, under the clock and the memory limit of the call. What comes over
is counted by the other side.
"""

HONEST = 0


class Endless(list):
    def __len__(self):
        return 1

    def __iter__(self):
        while True:
            yield 1.0


class Negative(tuple):
    def __len__(self):
        return -1


class Huge(dict):
    def __len__(self):
        return 1 << 62

    def __iter__(self):
        return iter("abc")

    def keys(self):
        return "abc"


def double(x):
    return Endless([1.0]) if x.numel() == 3 else x


def total(x):
    return Negative((1, 2, 3))


def rows(x):
    return Huge()


def label(word):
    class Letters(dict):
        def items(self):
            return [(letter, word.count(letter)) for letter in word] * 2

    return Letters(wrong=1)
