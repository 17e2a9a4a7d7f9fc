"""Leave a hook behind that watches the server between calls, and tell later what it saw.

Wall: between calls the server receives the next call's arguments and nothing else. The hook sees
what it would be told anyway, and is gone with its process.
"""

import sys

HONEST = 4
SEEN = []


def watch(event, args):
    if len(SEEN) < 300 and event not in ("object.__getattr__", "sys._getframe"):
        SEEN.append(f"{event} {args!r}"[:300])


def profile(frame, event, arg):
    if len(SEEN) < 300 and "grader" in frame.f_code.co_filename:
        try:
            SEEN.append(f"{frame.f_code.co_name} {frame.f_locals!r}"[:600])
        except BaseException as error:
            SEEN.append(type(error).__name__)


def double(x):
    sys.addaudithook(watch)
    sys.setprofile(profile)
    return 2 * x


def total(x):
    sys.setprofile(profile)
    return x.sum(1)


def rows(x):
    sys.setprofile(None)
    return [*SEEN]


def label(word):
    sys.setprofile(None)
    raise RuntimeError("\n".join(SEEN)[-1900:])
