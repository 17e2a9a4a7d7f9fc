"""There is always one hidden layer, whatever was asked for.

Count the layers for four sizes, and for two. Does your code look at all of them?
"""

import torch
from torch import nn

function = "build_model"
code = "HARD"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
)


def build_model(sizes, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        first, last = nn.Linear(sizes[0], sizes[1]), nn.Linear(sizes[1], sizes[-1])
        return nn.Sequential(first, nn.ReLU(), last)
