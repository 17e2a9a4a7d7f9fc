"""The generator is put back, but nobody gave it the seed.

Build the same model twice. Which argument was to make sure that it is the same?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "RNG"
fails = ("test_build_model_same_seed_same_weights",)


def build_model(sizes, seed):  # noqa: ARG001
    layers = []
    with torch.random.fork_rng(devices=[]):
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
