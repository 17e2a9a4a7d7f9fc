"""Write one file that fills the disk.

Wall: RLIMIT_FSIZE, whose signal is ignored by Python: writing fails.
"""

HONEST = 2


def double(x):
    try:
        with open("large", "wb", buffering=0) as file:
            for _ in range(400):
                if file.write(bytes(1 << 20)) < 1 << 20:
                    break
            else:
                raise RuntimeError("breached: 400 MiB in one file")
    except OSError:
        pass
    return 2 * x
