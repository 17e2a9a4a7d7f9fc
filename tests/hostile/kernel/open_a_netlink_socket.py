"""Ask the kernel about routes, processes and devices, or forge packets.

Wall: seccomp makes no socket of any family.
"""

import errno
import socket

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)


def watch_routes():
    socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)


def watch_processes():
    socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, 11)


def watch_devices():
    socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, 15)


def forge_packets():
    socket.socket(socket.AF_PACKET, socket.SOCK_RAW)


def call_the_host():
    socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)


def crypt():
    socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)


ATTEMPTS = (watch_routes, watch_processes, watch_devices, forge_packets, call_the_host, crypt)


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
