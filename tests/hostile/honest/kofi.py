"""Two known mistakes, one function that raises and one that is missing. cnry-student-kofi."""


def double(x):
    return x * x


def total(x):
    return x.sum(0)


def rows(x):
    raise NotImplementedError
