import torch
import torch.nn.functional as F


def relu(x):
    return F.relu(x)


def leaky_relu(x, slope=0.01):
    return torch.max(x, slope * x)


def sigmoid(x):
    return torch.sigmoid(x)


def tanh(x):
    return torch.tanh(x)


def softmax(x, dim):
    e = torch.exp(x - x.max(-1, keepdim=True).values)
    return e / e.sum(-1, keepdim=True)


def relu_bend(w, b):
    try:
        return -b / w
    except ZeroDivisionError:
        raise ValueError("a flat neuron has no bend") from None
