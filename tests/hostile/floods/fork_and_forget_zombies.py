"""Fill the table of processes with children that ended and that nobody collects.

Wall: whoever has ended counts towards the limit on processes until it is collected, and goes with
its worker.
"""

import os

HONEST = 2


def double(x):
    made = 0
    for _ in range(300):
        try:
            if os.fork() == 0:
                os._exit(0)
        except OSError:
            break
        made += 1
    if made >= 300:
        raise RuntimeError("breached: 300 entries")
    return 2 * x
