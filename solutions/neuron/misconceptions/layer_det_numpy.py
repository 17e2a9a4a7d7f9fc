"""The product is computed outside of PyTorch, where calculus cannot follow.

What did the library ask you to do before it took your tensors? What was lost there?
"""

import torch

function = "layer"
code = "DET"
fails = ("test_layer_lets_the_gradient_through",)


def layer(x, w, b):
    product = x.detach().numpy() @ w.detach().numpy().T
    return torch.from_numpy(product + b.detach().numpy())
