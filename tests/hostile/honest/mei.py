"""Right but for the words; prints, keeps a file and trains a little. cnry-student-mei."""

import tempfile

import torch

print("loading cnry-student-mei")
model = torch.nn.Linear(2, 1)
torch.optim.SGD(model.parameters(), lr=0.1).step()


def double(x):
    with tempfile.TemporaryFile() as notes:
        notes.write(b"cnry-student-mei")
        print("doubling cnry-student-mei")
        return x + x


def total(x):
    return torch.einsum("rc->r", x)


def rows(x):
    return torch.softmax(x, -1)


def label(word):
    return dict.fromkeys(word, 0)
