import torch


def relu(x):
    y = x.clone()
    y[y < 0] = 0
    return y


def leaky_relu(x, slope=0.01):
    y = x.clone()
    mask = x < 0
    y[mask] = y[mask] * slope
    return y


def sigmoid(x):
    # two cases, so that nothing explodes
    pos = 1 / (1 + torch.exp(-x))
    neg = torch.exp(x) / (1 + torch.exp(x))
    return torch.where(x >= 0, pos, neg)


def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def softmax(x, dim):
    return torch.exp(x - torch.logsumexp(x, dim=dim, keepdim=True))


def relu_bend(w, b):
    return -b / w
