"""The layers have no bias.

What does such a network answer to an order where every feature is zero? Must it?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "BIAS"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
)


def build_model(sizes, seed):
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.Linear(inputs, outputs, bias=False), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
