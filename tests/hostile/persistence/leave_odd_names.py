"""Leave files whose names break whoever lists them.

Wall: names are bytes to whoever weighs and removes a scratch folder, and never reach a shell or a
report.
"""

import os

HONEST = 2

NAMES = (
    b"-rf",
    b"new\nline",
    b"\xff\xfe",
    b"\x1b]0;title\x07",
    b"*",
    b"$(touch x)",
    b"a" * 255,
    b" ",
)


def double(x):
    if os.path.lexists(NAMES[0]):
        return 2 * x
    for name in NAMES:
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o600))
        os.symlink(b"/etc", name[:200] + b"-link")
    return 2 * x
