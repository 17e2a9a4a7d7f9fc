"""There is no bend anywhere: layers upon layers, and all of it is one line.

Two linear layers without a bend between them are one. Count the ReLUs: how many should there be?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "EDGE"
fails = ("test_build_model_has_a_relu_between_linear_layers_only",)


def build_model(sizes, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(*itertools.starmap(nn.Linear, itertools.pairwise(sizes)))
