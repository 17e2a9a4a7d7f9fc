"""Kill the process that makes servers, so that orphans are nobody's.

Wall: in full its end is the end of its pid namespace, for the kernel lets no process of it kill
it; in guarded what it leaves falls to the zygote, which sweeps it up.
"""

import os
import signal
import time

HONEST = 0


def double(x):
    if os.path.exists("tried"):
        return 3 * x
    open("tried", "w").close()
    keeper = os.getppid()
    if os.fork() == 0:
        if os.fork() == 0:
            time.sleep(120)
        os._exit(0)
    os.kill(keeper, signal.SIGKILL)
    time.sleep(0.2)
    os._exit(0)
