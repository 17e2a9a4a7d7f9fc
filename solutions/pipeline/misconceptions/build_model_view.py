"""The list of sizes is used up: it belongs to whoever handed it in.

Print `sizes` after your call. Can anybody build a second model from it?
"""

import torch
from torch import nn

function = "build_model"
code = "VIEW"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
    "test_build_model_leaves_the_global_generator_alone",
)


def build_model(sizes, seed):
    layers = []
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        inputs = sizes.pop(0)
        while sizes:
            outputs = sizes.pop(0)
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
            inputs = outputs
    return nn.Sequential(*layers[:-1])
