"""Answer with tensors that have no plain bytes: complex, quantised, sparse, nested, meta, endless.

Wall: what has no place in the table of types stays in the worker; what claims terabytes without
holding them runs into the memory limit when it is read, in the worker.
"""

import warnings

import torch

HONEST = 0
warnings.simplefilter("ignore")


def double(x):
    if x.numel() == 3:
        return torch.zeros(1).expand(1 << 40)
    return torch.complex(2 * x.detach(), torch.zeros(5))


def total(x):
    if x.shape[0] == 0:
        return torch.empty(0, device="meta")
    return torch.quantize_per_tensor(x.sum(1), 0.1, 0, torch.qint8)


def rows(x):
    soft = x.softmax(1)
    return soft.to_sparse() if x.shape[1] == 6 else torch.nested.nested_tensor(list(soft))


def label(word):
    odd = torch.conj(torch.view_as_complex(torch.zeros(2, 2))).imag
    return {"a": odd, "b": torch.zeros(3).to_mkldnn(), "c": torch.zeros((1,) * 40)}
