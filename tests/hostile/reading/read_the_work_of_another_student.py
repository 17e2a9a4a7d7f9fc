"""Read what another student handed in, and the results and pages that are there so far.

Wall: neither the folder of the class nor that of the reports is in the view of a worker (`full`)
or among the paths that Landlock opens (`guarded`).
"""

import os
import sqlite3

HONEST = 2
CLASS, OUT, HOME = "TOLD:class", "TOLD:out", "TOLD:home"


def read(path):
    try:
        return str(open(path, "rb").read()[:1500])
    except OSError as error:
        return error.errno


def double(x):
    names = ["amara", "kofi", "mei", "saoirse", "zofia"]
    return [read(f"{CLASS}/{name}/vault.py") for name in names]


def total(x):
    try:
        with sqlite3.connect(f"file:{OUT}/results.sqlite?mode=ro", uri=True) as store:
            return [str(row)[:9000] for row in store.execute("SELECT * FROM results")]
    except Exception as error:
        raise RuntimeError([str(error), read(f"{OUT}/results.sqlite"), read(f"{OUT}/grades.csv")])


def rows(x):
    places = [CLASS, OUT, f"{OUT}/students", f"{OUT}/ta", HOME, "TOLD:root", "TOLD:temporary"]
    for folder in places:
        for _, folders, files in os.walk(folder):
            print(folders, files)
    print(read(f"{HOME}/diary.txt"), read(f"{OUT}/students/amara.html"))
    return x.softmax(1)


def label(word):
    raise ValueError([read(f"/proc/self/fd/{n}/amara/vault.py") for n in range(20)])
