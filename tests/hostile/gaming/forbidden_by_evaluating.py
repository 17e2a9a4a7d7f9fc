"""Evaluate text that calls what is ruled out.

Wall: the watch sees the call, whatever text it was made of.
"""

import base64

HONEST = 0


def gate(x):
    text = base64.b64decode("X19pbXBvcnRfXygidG9yY2giKS5zaWdtb2lkKHgp").decode()
    return eval(text)
