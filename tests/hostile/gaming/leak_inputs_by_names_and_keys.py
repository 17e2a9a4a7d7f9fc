"""Tell the inputs as keys of a dictionary, names of classes and docstrings of functions.

Wall: what a wrong answer was is shown to teachers only; a class of the student's own is an unnamed
object to everybody else.
"""

HONEST = 0


def tell(what):
    said = str(what)
    tell.__doc__ = tell.__name__ = said
    return {said: type(said[:50], (), {"__doc__": said})(), "said": [said]}


double = total = rows = label = tell
