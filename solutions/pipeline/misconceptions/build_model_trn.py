"""Inputs and outputs of each layer are exchanged.

What does `nn.Linear` want to be told first, and which way do the numbers flow?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "TRN"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
)


def build_model(sizes, seed):
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for inputs, outputs in itertools.pairwise(sizes):
            layers += [nn.Linear(outputs, inputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
