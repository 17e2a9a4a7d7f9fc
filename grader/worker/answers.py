"""What a request to a server came to, as values: checked against the question it answers."""

from __future__ import annotations

import torch

from grader.errors import WireError
from grader.worker.endings import Ended
from grader.worker.invoke import Observation
from grader.worker.messages import Absent, Barred, Expired, HandleValue, Raised, Reply, Returned
from grader.worker.values import Handle, Unpacker

Answer = Observation | Raised | Expired | Barred | Absent | Ended


def answer_of(reply: Reply, payload: bytearray, nonce: int, home: torch.device | None) -> Answer:
    """What a server replied to the question with this nonce.

    Raises:
        WireError: It is no answer, or one to another question.
    """
    if not isinstance(reply, Returned | Raised | Expired | Barred | Absent) or reply.nonce != nonce:
        raise WireError("an answer to another question")
    if not isinstance(reply, Returned):
        return reply
    unpacker = Unpacker(payload, _handle, home=home)
    return Observation(
        unpacker.unpack(reply.value),
        reply.changed,
        tuple(unpacker.unpack(gradient) for gradient in reply.gradients),
        {key: unpacker.unpack(state) for key, state in reply.states},
    )


def _handle(value: HandleValue) -> Handle:
    return Handle(value.number, value.type_name)
