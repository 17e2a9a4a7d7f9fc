"""A ReLU too many, and everybody's generator is reseeded."""

import itertools

import torch
from torch import nn

function = "build_model"
codes = ("EDGE", "RNG")


def build_model(sizes: list[int], seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    layers = []
    for inputs, outputs in itertools.pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers)
