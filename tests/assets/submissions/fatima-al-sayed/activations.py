import torch
import torch.nn.functional as F


def relu(x):
    return F.relu(x)


def leaky_relu(x, slope=0.01):
    return F.leaky_relu(x, negative_slope=slope)


def sigmoid(x):
    return 1.0 / (1.0 + torch.exp(-x))


def tanh(x):
    a = torch.exp(x)
    b = torch.exp(-x)
    return (a - b) / (a + b)


def softmax(x, dim):
    return torch.exp(x) / torch.exp(x).sum(dim, keepdim=True)


def relu_bend(w, b):
    try:
        return -b / w
    except ZeroDivisionError:
        raise ValueError("a flat neuron has no bend") from None
