"""The numbers are right, but Python takes up the features one by one.

How many features has a picture? One product takes them all at once.
"""

function = "neuron_multi"
code = "LOOP"
fails = ("test_neuron_multi_stays_vectorised_over_many_features",)


def neuron_multi(x, w, b):
    total = x[:, 0] * w[0]
    for j in range(1, x.shape[1]):
        total = total + x[:, j] * w[j]
    return (total + b).unsqueeze(1)
