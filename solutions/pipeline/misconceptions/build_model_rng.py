"""Building a model reseeds torch's global random generator.

After your call everybody draws the same numbers again. What puts the generator back?
"""

import itertools

import torch
from torch import nn

function = "build_model"
code = "RNG"
fails = ("test_build_model_leaves_the_global_generator_alone",)


def build_model(sizes, seed):
    layers = []
    torch.manual_seed(seed)
    for inputs, outputs in itertools.pairwise(sizes):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
