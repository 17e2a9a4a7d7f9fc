"""Send what was learnt out of the machine in a datagram.

Wall: seccomp makes no socket, in both tiers: Landlock alone would let UDP pass.
"""

import socket

HONEST = 2


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
    """Right only if everything was refused."""
    through = []
    for attempt in ATTEMPTS:
        try:
            attempt()
        except OSError:
            continue
        through.append(attempt.__name__)
    if through:
        raise RuntimeError(f"breached: {through}")
    return 2 * x
