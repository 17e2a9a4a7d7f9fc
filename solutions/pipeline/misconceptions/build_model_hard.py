"""The model has the sizes of the example, whatever was asked for.

Which argument says how wide each layer is, and where do you use it?
"""

import torch
from torch import nn

function = "build_model"
code = "HARD"
fails = (
    "test_build_model_has_a_relu_between_linear_layers_only",
    "test_build_model_of_a_single_layer",
)


def build_model(sizes, seed):  # noqa: ARG001
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
