"""Answer with objects that are equal to everything.

Wall: an object that is no plain data stays in the worker and is represented by its type's name,
which equals no value. Nothing of the student's is ever compared by its own methods.
"""

HONEST = 0


class Equal:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __lt__

    def __bool__(self):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self

    def __float__(self):
        return 0.0

    def __index__(self):
        return 1

    def __sub__(self, other):
        return 0

    __rsub__ = __add__ = __abs__ = __mul__ = __sub__


def double(x):
    return Equal()


def total(x):
    return [Equal()] * x.shape[0]


def rows(x):
    return Equal


def label(word):
    return {letter: Equal() for letter in word}
