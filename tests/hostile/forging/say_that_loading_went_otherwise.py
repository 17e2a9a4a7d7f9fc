"""Speak on the keeper's control channel while loading: say "loaded" early, often and wrongly.

Wall: the file's names and problems are shown and judge nothing; a function is there if a call to
it is answered, and whoever says "loaded" before it is so has its first call wait for the rest.
"""

import os
import socket
import stat

from grader.worker.messages import Loaded, Loading, Problem
from grader.worker.wire import encode

HONEST = 2


def speak(*frames):
    for number in range(64):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as channel:
                    for frame in frames:
                        channel.sendall(frame)
        except OSError:
            continue


names = ("double", "total", "rows", "label")
speak(
    encode(Loading(2_000_000_000)),
    encode(Loaded(names, (Problem(1, "x" * 300, "\x1b[31m" * 20),))),
    encode(Loaded(names, ())),
)


def double(x):
    return 2 * x
