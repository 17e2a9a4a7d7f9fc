"""Crash as hard as possible.

Wall: a crash ends one server.
"""

import ctypes
import faulthandler
import os
import signal

HONEST = 0


def double(x):
    return ctypes.string_at(0)


def total(x):
    os.abort()


def rows(x):
    signal.raise_signal(signal.SIGKILL)


def label(n):
    faulthandler._sigsegv()
