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
    return 0.5 * (1 + torch.tanh(0.5 * x))


def tanh(x):
    e = torch.exp(-2 * x.abs())
    return torch.sign(x) * (1 - e) / (1 + e)


def softmax(x, dim):
    return torch.exp(x - torch.logsumexp(x, dim=dim, keepdim=True))


def relu_bend(w, b):
    if w == 0:
        raise ValueError("flat")
    x = 0.0
    # walk to the left until the neuron is silent, then correct the last step
    while w * x + b > 0:
        x = x - 1.0
    return x - (w * x + b) / w
