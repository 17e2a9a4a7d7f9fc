"""`%check`: a student's public tests in the student's own notebook.

    kernel                          companion                          zygote
      magic      a line, the cells    service    chooses, judges         keeper, server
      companion  ───────────────────►   session    cells → notebook        as for `grade check`
                 ◄───────────────────   page       result → HTML and text
                 HTML and plain text

The kernel belongs to the student: it has threads, random states and whatever the student did to
torch. So nothing is judged there. It hands its cells to a companion, a process of ours that stays
for as long as the session does, and shows what comes back. This file stays empty, so that the
kernel imports `magic` and little else.
"""
