import torch
import torch.nn.functional as F


def relu(x):
    return F.relu(x)


def leaky_relu(x, slope=0.01):
    return F.leaky_relu(x, negative_slope=slope)


def sigmoid(x):
    return torch.sigmoid(x)


def tanh(x):
    return torch.tanh(x)


def softmax(x, dim):
    return F.softmax(x, dim=dim)


def relu_bend(w, b):
    try:
        return -b / w
    except ZeroDivisionError:
        raise ValueError("a flat neuron has no bend") from None
