"""The seed is never used: the weights are whatever comes next.

Build the same model twice. Which argument was to make sure that it is the same?
"""

import itertools

from torch import nn

function = "build_model"
code = "RNG"
fails = (
    "test_build_model_same_seed_same_weights",
    "test_build_model_leaves_the_global_generator_alone",
)


def build_model(sizes, seed):  # noqa: ARG001
    layers = []
    for inputs, outputs in itertools.pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
