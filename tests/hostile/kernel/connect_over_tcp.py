"""Reach a server on this machine or beyond over TCP.

Wall: seccomp makes no socket; in full the network namespace is empty besides, in guarded Landlock
closes TCP ports.
"""

import errno
import socket

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)


def connect_here():
    socket.create_connection(("127.0.0.1", int("TOLD:tcp")), timeout=0.2)


def connect_over_version_six():
    socket.socket(socket.AF_INET6, socket.SOCK_STREAM).connect(("::1", 22))


def listen():
    socket.create_server(("127.0.0.1", 0))


def ask_for_a_name():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("127.0.0.53", 53))


ATTEMPTS = (connect_here, connect_over_version_six, listen, ask_for_a_name)


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
