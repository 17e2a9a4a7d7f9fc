"""The weights are always the same, whatever the seed.

Ask for two seeds. Why are the weights the same?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "HARD"
fails = ("test_build_model_another_seed_other_weights",)


def build_model(sizes, seed):  # noqa: ARG001
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
