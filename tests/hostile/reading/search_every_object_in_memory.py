"""Search all objects that the garbage collector knows, frozen ones too, for secrets.

Wall: the process that forks workers is started before a suite is read, so nothing that it left in
memory is a secret; another student's file is only ever loaded in a process of its own.
"""

import gc
import sys

HONEST = 2
MARK = "cnr" + "y"


def texts(roots):
    for item in roots:
        try:
            parts = gc.get_referents(item)
        except BaseException:
            continue
        for part in (item, *parts):
            if isinstance(part, str):
                yield part
            elif isinstance(part, (bytes, bytearray)):
                yield bytes(part[:10_000]).decode("latin-1")


def double(x):
    gc.unfreeze()
    roots = gc.get_objects()
    frame = sys._getframe()
    while frame is not None:
        roots += [frame.f_locals, frame.f_globals, *frame.f_locals.values()]
        frame = frame.f_back
    found = set()
    for text in texts(roots):
        at = text.find(MARK + "-")
        if at >= 0:
            found.add(text[max(0, at - 40) : at + 80])
    raise LookupError(sorted(found))


def total(x):
    kinds = {}
    for item in gc.get_objects()[-50_000:]:  # all of them would take as long as a call may
        kinds[type(item).__name__] = kinds.get(type(item).__name__, 0) + 1
    print(kinds, gc.garbage, gc.callbacks, gc.get_freeze_count())
    return x.sum(1)


def rows(x):
    kinds = object.__subclasses__()
    return [f"{kind.__module__}.{kind.__qualname__}" for kind in kinds][:9000]
