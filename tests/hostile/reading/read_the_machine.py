"""Read what the machine keeps outside Python's folders: passwords, kernel memory, devices, logs.

Wall: the view of `full` has none of it but /dev/null, zero and random; Landlock opens nothing else
in `guarded`.
"""

import os

HONEST = 2
PATHS = """
/etc/passwd /etc/shadow /etc/hostname /etc/machine-id /dev/mem /dev/kmem /dev/kmsg /dev/tty
/dev/sda /dev/vda /dev/ptmx /proc/kcore /proc/kmsg /proc/kallsyms /proc/keys /proc/net/unix
/proc/net/tcp /proc/mounts /proc/sysvipc/shm /sys/kernel/notes /sys/fs/cgroup /var/log/syslog
/var/log/auth.log /run/secrets /root/.ssh/id_rsa /root/.bash_history /home /boot /proc/sched_debug
/proc/self/mountinfo /proc/self/pagemap /proc/1/cmdline TOLD:home/diary.txt
""".split()


def read(path):
    try:
        return open(path, "rb").read(300)
    except IsADirectoryError:
        return os.listdir(path)
    except OSError as error:
        return error.errno


def double(x):
    opened = [path for path in PATHS if not isinstance(read(path), int)]
    return [2 * x, opened] if opened else 2 * x


def total(x):
    raise RuntimeError([(path, read(path)) for path in PATHS])
