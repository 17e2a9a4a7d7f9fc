"""A loop without an end in one function, all else right. cnry-student-saoirse."""


def double(x):
    return x.add(x)


def total(x):
    return x.sum(-1)


def rows(x):
    return x.softmax(1)


def label(word):
    while word:
        pass
