"""Print without end before there is anything to call.

Wall: as for a call: the worker ends while it loads, and no test has an answer.
"""

HONEST = 0

while True:
    print("flood " * 1000)
