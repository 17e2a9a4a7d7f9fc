import torch
import torch.nn.functional as F


def relu(x):
    mask = (x > 0).to(x.dtype)
    return x * mask


def leaky_relu(x, slope=0.01):
    return F.leaky_relu(x)


def sigmoid(x):
    return torch.sigmoid(x)


def tanh(x):
    return 2 / (1 + torch.exp(-2 * x)) - 1


def softmax(x, dim):
    return F.softmax(x, dim=dim)


def relu_bend(w, b):
    try:
        return -b / w
    except ZeroDivisionError:
        raise ValueError("a flat neuron has no bend") from None
