"""Talk to the services of the machine through their Unix sockets.

Wall: seccomp makes no socket, not even a pair; in full the paths are not in the view.
"""

import errno
import socket

HONEST = 2
REFUSED = (errno.EPERM, errno.EACCES, errno.ENOENT, errno.ENOSYS, errno.ESRCH)


def connect():
    socket.socket(socket.AF_UNIX).connect("TOLD:unix")


def send():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"learnt", "TOLD:unix_datagram")


def ask_docker():
    socket.socket(socket.AF_UNIX).connect("/var/run/docker.sock")


def write_to_the_log():
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM).sendto(b"forged", "/dev/log")


def make_a_pair():
    socket.socketpair()


ATTEMPTS = (connect, send, ask_docker, write_to_the_log, make_a_pair)


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
