"""Leave a process behind while the file is still being loaded, and end the keeper.

Wall: as for a call: the pid namespace in full, the zygote's sweep in guarded; a keeper that ends
while loading leaves every test without an answer.
"""

import os
import time

HONEST = 0

if os.fork() == 0:
    if os.fork() == 0:
        time.sleep(120)
    os._exit(0)
os._exit(0)
