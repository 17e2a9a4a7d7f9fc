import torch


def mse(prediction, target):
    if prediction.shape != target.shape:
        raise ValueError("different shapes")
    return float(torch.mean((prediction - target) ** 2))


def mse_grads(x, y, w, b):
    e = w * x + b - y
    return (2 * e * x).mean(), (2 * e).mean()


def sgd_step(w, b, dw, db, lr):
    return w - lr * dw, b - lr * db


def autograd_grads(x, y, w, b):
    w, b = w.clone(), b.clone()
    w.requires_grad = True
    b.requires_grad = True
    loss = (w * x + b - y).square().mean()
    loss.backward()
    return w.grad, b.grad


def train_neuron(x, y, lr, epochs, w0=0.0, b0=0.0):
    w = torch.tensor(w0, requires_grad=True)
    b = torch.tensor(b0, requires_grad=True)
    losses = []
    while len(losses) < epochs:
        loss = (w * x + b - y).square().mean()
        losses.append(loss.item())
        dw, db = torch.autograd.grad(loss, [w, b])
        w.data = w.data - lr * dw
        b.data = b.data - lr * db
    return w, b, losses


def predict_time(w, b, miles):
    return float(w * miles + b)


def max_stable_lr(x):
    x = x.flatten().double()
    a = torch.stack([x, torch.ones_like(x)])
    return 1 / torch.linalg.eigvalsh(a @ a.T / x.numel()).max().item()
