"""The confinement of a process that will run hostile code beside torch.

Theory of operation
-------------------
Three processes matter. The *grader* is trusted. The *zygote* is exec'd by it without secrets and
runs no student code. A *keeper* is forked from the zygote for each submission and runs student
code from the moment it has closed itself in. `jail.Jail` is that order of steps; every other
module is one layer of it:

    namespaces   which processes, users and networks can be named at all        tier full
    view         which files exist: Python and torch, read-only, and a scratch  tier full
    landlock     which files may be opened, whoever owns them                   full, guarded
    seccomp      which system calls may be made: a short list                   full, guarded
    privileges   root becomes nobody; no capability, no gain of privileges      full, guarded
    rlimits      memory, processes, file size, descriptors, processor time      full, guarded

What costs much is paid once, in the zygote: its namespaces, the view, the Landlock rules, the
compiled filter. A keeper then needs about two milliseconds.

    full     grader ─ watcher ─ zygote (process 1 of a pid namespace) ─ keeper (process 1 of one
             within it). Whoever dies takes everything below along: the kernel kills a pid
             namespace with its process 1, and each process is armed to die with its parent.
    guarded  grader ─ zygote ─ keeper. Orphans fall to the keeper, and `lifetime.kill` hunts.

Nothing is weaker than asked: a layer that does not engage is a `SandboxError`. Which tier a
machine can hold, `probe` finds by doing it.

On the trusted side, `lifetime` ends a worker with all its descendants and measures it, and
`memory` puts a cgroup around it where one may be made.

Two ways out are closed by pairs of layers, so neither may be loosened alone. Landlock does not ask
about UDP, pathname sockets, io_uring, pidfds, chmod or stat; seccomp does not know paths. And
seccomp forbids new sockets, while Landlock keeps signals in.
"""
