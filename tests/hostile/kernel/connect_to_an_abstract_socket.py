"""Meet another submission at an abstract socket, which has no file.

Wall: seccomp makes no socket; Landlock (version 6) scopes abstract ones; in full the network
namespace holds none.
"""

import errno
import socket

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)


def meet():
    socket.socket(socket.AF_UNIX).bind("\0meeting-place")


def connect():
    socket.socket(socket.AF_UNIX).connect("\0TOLD:abstract")


def send():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"learnt", "\0TOLD:abstract_datagram")


ATTEMPTS = (meet, connect, send)


def double(x):
    """Right only if a wall refused everything: an argument found wrong was looked at."""
    through = []
    for attempt in ATTEMPTS:
        try:
            attempt()
        except OSError as error:
            if error.errno in REFUSED:
                continue
        through.append(attempt.__name__)
    if through:
        raise RuntimeError(f"breached: {through}")
    return 2 * x
