"""Leave folders without permissions, so that removing them fails.

Wall: in full the scratch folder is a mount that goes with its worker; in guarded whoever removes
it gives itself the permissions back first.
"""

import os

HONEST = 2


def double(x):
    if os.path.exists("outer"):
        return 2 * x
    os.makedirs("outer/inner")
    with open("outer/inner/file", "w") as file:
        file.write("kept")
    for name in ("outer/inner", "outer"):
        descriptor = os.open(name, os.O_RDONLY)
        os.fchmod(descriptor, 0)
        os.close(descriptor)
    return 2 * x
