"""Between the last two layers the bend is missing.

Two linear layers without a bend between them are one. Count the ReLUs: how many should there be?
"""

import torch
from torch import nn

function = "build_model"
code = "EDGE"
fails = ("test_build_model_has_a_relu_between_linear_layers_only",)


def build_model(sizes, seed):
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for i in range(len(sizes) - 1):
            layers.append(nn.Linear(sizes[i], sizes[i + 1]))
            if i < len(sizes) - 3:
                layers.append(nn.ReLU())
    return nn.Sequential(*layers)
