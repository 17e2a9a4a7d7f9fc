"""Fork without end, so that the machine has no process left.

Wall: RLIMIT_NPROC, counted in the worker's own user namespace in full; in guarded for a user of
the worker's own where the grader is root, else for the one user that all workers share.
"""

import os

HONEST = 2


def double(x):
    reading, writing = os.pipe()
    made = []
    try:
        for _ in range(300):
            pid = os.fork()
            if pid == 0:
                os.close(writing)
                os.read(reading, 1)
                os._exit(0)
            made.append(pid)
    except OSError:
        pass
    os.close(writing)
    for pid in made:
        os.waitpid(pid, 0)
    if len(made) >= 300:
        raise RuntimeError("breached: 300 processes")
    return 2 * x
