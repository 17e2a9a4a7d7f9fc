"""A tiny number saves the column without spread, but not the single row.

A tiny number beside the std keeps 0 / 0 away. With one row, though, N - 1 is 0: print the std that
torch gives you then. Does adding something help?
"""

function = "standardize"
code = "EDGE"
fails = ("test_standardize_a_single_row",)


def standardize(x):
    mean = x.mean(dim=0, keepdim=True)
    std = x.std(dim=0, keepdim=True)
    return (x - mean) / (std + 1e-8), mean, std
