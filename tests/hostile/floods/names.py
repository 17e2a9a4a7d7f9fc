"""Give the file more functions, problems and names than anyone could list.

Wall: what a loading tells is bounded in number and length.
"""

HONEST = 2


def double(x):
    return 2 * x


for _index in range(20_000):
    exec(f"def f{_index}(): pass")
globals().update({"n" * 1000 + str(i): i for i in range(1000)})
