"""Replace the server's class while the file is loaded, so that each new server is the student's.

Wall: it then answers as it likes, with data. That the function is not there, that it was too slow
or that it was skipped are answers that cost the points.
"""

from grader.worker import messages, server

HONEST = 0
COUNT = [0]


def answer(self, call, payload, packer):
    COUNT[0] += 1
    kinds = ("Skipped", "OutcomeException", "Passed")
    replies = [
        messages.Absent(call.nonce, is_defined=False),
        messages.Absent(call.nonce, is_defined=True),
        messages.Expired(call.nonce, None),
        messages.Raised(call.nonce, kinds, "passed", 0, ""),
        messages.Returned(call.nonce, None, (), (), ()),
        messages.Returned(call.nonce, messages.HandleValue(1, "torch.Tensor")),
        messages.Returned(call.nonce, None, tuple(range(200)), (None,) * 200),
    ]
    return replies[COUNT[0] % len(replies)]


server.Server._call = answer


def double(x):
    return x


def total(x):
    return x


def rows(x):
    return x


def label(word):
    return word
