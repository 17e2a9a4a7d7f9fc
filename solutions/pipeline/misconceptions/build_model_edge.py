"""There is a ReLU behind the last layer, too.

Can a network that ends in a ReLU ever predict a number below zero? Where do the bends belong?
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
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers)
