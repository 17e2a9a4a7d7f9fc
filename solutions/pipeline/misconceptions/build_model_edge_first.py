"""There is a ReLU in front of the first layer, too.

What does a ReLU do to features below their mean, before any layer has seen them?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "EDGE"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
)


def build_model(sizes, seed):
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.ReLU(), nn.Linear(inputs, outputs)]
    return nn.Sequential(*layers)
