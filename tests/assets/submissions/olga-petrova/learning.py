import math

import torch


def mse(prediction, target):
    if tuple(prediction.shape) != tuple(target.shape):
        raise ValueError(f"{prediction.shape} vs {target.shape}")
    d = (prediction - target).flatten()
    return d @ d / d.numel()


def mse_grads(x, y, w, b):
    diff = y - (w * x + b)  # target minus prediction
    dw = (2 * diff * x).mean()
    db = (2 * diff).mean()
    return dw, db


def sgd_step(w, b, dw, db, lr):
    w = w + lr * dw
    b = b + lr * db
    return w, b


def autograd_grads(x, y, w, b):
    params = [p.detach().clone().requires_grad_() for p in (w, b)]
    return torch.autograd.grad(mse(params[0] * x + params[1], y), params)


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):
    w = torch.nn.Parameter(torch.tensor(w0))
    b = torch.nn.Parameter(torch.tensor(b0))
    optimizer = torch.optim.SGD([w, b], lr=lr)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = mse(w * x + b, y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return w.detach(), b.detach(), losses


def predict_time(w, b, miles):
    w, b = torch.as_tensor(w), torch.as_tensor(b)
    return (w * miles + b).item()


def max_stable_lr(x):
    m, s = x.mean().item(), (x ** 2).mean().item()
    # eigenvalues of 2*[[s, m], [m, 1]] by the formula for 2x2
    lam = (s + 1) + math.sqrt((s - 1) ** 2 + 4 * m * m)
    return 2 / lam
