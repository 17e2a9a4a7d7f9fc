"""Fill the scratch folder, which in full lies in memory.

Wall: a tmpfs of fixed size in full; a file's size and polling in guarded.
"""

import time

HONEST = 0


def double(x):
    for index in range(400):
        with open(f"large{index}", "wb") as file:
            file.write(bytes(1 << 20))
    time.sleep(60)
    return 3 * x
