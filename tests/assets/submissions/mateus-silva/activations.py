import torch


def relu(x):
    x = x.to(torch.float64)  # more precise
    return torch.where(x > 0, x, torch.zeros_like(x))


def leaky_relu(x, slope=0.01):
    y = x.clone()
    mask = x < 0
    y[mask] = y[mask] * slope
    return y


def sigmoid(x):
    return 0.5 * (1 + torch.tanh(0.5 * x))


def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def softmax(x, dim):
    return torch.exp(x - torch.logsumexp(x, dim=dim, keepdim=True))


def relu_bend(w, b):
    if abs(w) == 0:
        raise ValueError("no bend without a weight")
    return (0 - b) / w
