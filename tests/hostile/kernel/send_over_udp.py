"""Send what was learnt out of the machine in a datagram.

Wall: seccomp makes no socket, in both tiers: Landlock alone would let UDP pass.
"""

import errno
import socket

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)


def send():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
        b"learnt", ("127.0.0.1", int("TOLD:udp"))
    )


def send_lightly():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM, 136).sendto(b"learnt", ("127.0.0.1", 53))


def ping():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)


ATTEMPTS = (send, send_lightly, ping)


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
