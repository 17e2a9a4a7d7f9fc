import torch


def relu(x):
    values = []
    flat = x.reshape(-1)
    for i in range(len(flat)):
        v = flat[i].item()
        if v > 0:
            values.append(v)
        else:
            values.append(0.0)
    return torch.tensor(values, dtype=x.dtype).reshape(x.shape)


def leaky_relu(x, slope=0.01):
    return x.clamp(min=0) + slope * x.clamp(max=0)


def sigmoid(x):
    # beyond 60 nothing changes any more in float32
    return 1 / (1 + (-x.clamp(-60, 60)).exp())


def tanh(x):
    e = (2 * x.clamp(-30, 30)).exp()
    return (e - 1) / (e + 1)


def softmax(x, dim):
    rows = x.movedim(dim, -1)
    e = (rows - rows.amax(-1)[..., None]).exp()
    shares = e / torch.einsum("...i->...", e)[..., None]
    return shares.movedim(-1, dim)


def relu_bend(w, b):
    if not w:
        raise ValueError("w must not be zero")
    return -(b / w)
