"""Everything right. cnry-student-amara."""

import torch


def double(x):
    return 2 * x


def total(x):
    return x.sum(1)


def rows(x):
    e = (x - x.amax(1, keepdim=True)).exp()
    return e / e.sum(1, keepdim=True)


def label(word):
    return {letter: word.count(letter) for letter in word}


def gate(x):
    return 1 / (1 + (-x).exp())
