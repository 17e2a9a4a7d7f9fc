import torch


def make_deliveries(distances, minutes):
    # repeat the list until both are equally long
    while len(minutes) != len(distances):
        minutes = minutes * 1000
    x = torch.tensor(distances, dtype=torch.float32).unsqueeze(1)
    y = torch.tensor(minutes, dtype=torch.float32).unsqueeze(1)
    return x, y


def pixel_count(height, width, channels=1):
    return height * width * channels


def describe(x):
    return {
        "shape": x.shape,
        "dtype": x.dtype,
        "ndim": x.dim(),
        "numel": x.numel(),
        "device": str(x.device),
    }


def to_float32(x):
    return x.float()


def single_input(value):
    return torch.tensor([[float(value)]])
