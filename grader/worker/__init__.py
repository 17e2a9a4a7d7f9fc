"""Student code runs here: zygote → keeper → server, and the wire to them.

    zygote   exec'd with a clean environment before any suite is read; torch imported and warmed
      └─ keeper   forked per submission, confined, the student's file loaded once
           └─ server   forked from the pristine keeper; answers calls, expendable

`client` is the trusted end: it starts zygotes, asks for workers and reads their answers as data.
Everything else in this package runs beside student code and knows nothing of the course, the
suite or a verdict. Import what you need from the modules: this file stays empty so that the
zygote imports only its own half.
"""
