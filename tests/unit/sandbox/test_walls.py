"""What student code tries to get at, and what stops it: one attempt per wall, in every tier.

The attempts stand in `inmate.py`. Each is made in a keeper of its own, by real processes.
"""

from __future__ import annotations

import errno
from typing import Any

import pytest

from grader.records import Tier
from tests import unprivileged

Answer = dict[str, Any]

FILES = (
    "read_a_secret",
    "read_the_secret_through_a_link",
    "read_the_secret_from_a_hard_link",
    "list_the_home_folder",
    "read_the_project",
    "list_the_project",
    "read_the_users_of_the_machine",
    "list_the_root",
    "write_outside",
    "open_a_file_of_python_for_writing",
    "delete_outside",
    "truncate_outside",
    "change_the_mode_outside",
    "change_the_time_outside",
    "move_a_file_in",
    "open_by_handle",
)
PROCESSES = (
    "read_the_graders_environment",
    "open_the_graders_memory",
    "list_the_graders_descriptors",
    "list_processes",
    "signal_the_grader",
    "signal_the_zygote",
    "signal_by_descriptor",
    "be_signalled_through_a_descriptor",
    "trace_the_grader",
    "ask_to_be_traced",
    "read_memory_of_a_process",
    "limit_the_grader",
    "bind_the_grader_to_a_processor",
    "slow_the_grader_down",
    "outlive_the_parent",
    "become_the_zygotes_child",
)
NETWORK = (
    "connect_over_tcp",
    "send_over_udp",
    "open_a_unix_socket",
    "open_a_netlink_socket",
    "make_a_socket_pair",
    "inject_into_the_terminal",
)
KERNEL = (
    "execute_a_program",
    "spawn_a_program",
    "make_a_file_in_memory",
    "make_a_secret_in_memory",
    "use_io_uring",
    "use_the_keyring",
    "use_bpf",
    "handle_page_faults",
    "watch_performance",
    "share_memory",
    "open_a_message_queue",
    "make_a_user_namespace",
    "fork_into_a_user_namespace",
    "mount_a_file_system",
    "change_the_root",
    "change_the_personality",
    "make_a_device",
    "change_the_user",
    "lock_memory",
)
STOPPED = (*FILES, *PROCESSES, *NETWORK, *KERNEL)
LIMITED = (
    "take_more_memory",
    "write_one_large_file",
    "write_many_large_files",
    "make_many_files",
    "open_many_files",
    "fork_without_end",
    "start_threads_without_end",
)
ALLOWED = ("signal_everyone", "work_as_a_keeper_does")
HARMLESS = (
    "read_a_secret",
    "read_the_project",
    "list_the_project",
    "read_the_users_of_the_machine",
    "list_the_root",
    "write_outside",
    "delete_outside",
    "read_the_graders_environment",
    "signal_the_grader",
    "signal_by_descriptor",
    "connect_over_tcp",
    "send_over_udp",
    "open_a_unix_socket",
    "open_a_netlink_socket",
    "make_a_socket_pair",
    "execute_a_program",
    "spawn_a_program",
    "make_a_file_in_memory",
)
"""What may be tried without a sandbox; the same list stands in `inmate.py`, which obeys it."""
REFUSALS = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOENT,  # in the view it does not exist
    errno.ESRCH,  # in the pid namespace nobody has that number
    errno.EXDEV,  # Landlock's word for a link across its border
    None,  # an assertion of the attempt itself
}


@pytest.fixture(scope="session")
def tried(play: Any) -> Answer:
    answers: Answer = play("walls", *STOPPED, *LIMITED, *ALLOWED)
    return answers


@pytest.mark.parametrize("attempt", STOPPED)
def test_student_code_cannot(attempt: str, tried: Answer) -> None:
    answer = tried[attempt]
    assert answer["through"] is False, answer
    assert answer["errno"] in REFUSALS, answer


def test_nothing_outside_has_changed(tried: Answer) -> None:
    assert (tried["outside"], tried["kept"], tried["mode"]) == (["kept"], "kept", 0o666)


def test_no_signal_has_reached_the_grader(tried: Answer) -> None:
    assert tried["signals"] == 0


def test_the_zygote_survives_everything(tried: Answer) -> None:
    assert tried["status"] == 0


def test_the_grader_runs_as_the_user_the_test_names(tried: Answer, who: str) -> None:
    if who == "as nobody":
        assert tried["uid"] == unprivileged.NOBODY


def test_too_much_memory_is_a_memory_error(tried: Answer) -> None:
    assert tried["take_more_memory"]["by"] == "MemoryError"


def test_one_file_stops_growing_at_the_scratch_size(tried: Answer) -> None:
    assert tried["write_one_large_file"]["errno"] in {errno.EFBIG, errno.ENOSPC}


def test_many_files_stop_at_the_scratch_size(tried: Answer, tier: Tier) -> None:
    answer = tried["write_many_large_files"]
    if tier is Tier.FULL:
        assert answer["errno"] == errno.ENOSPC
    else:
        # There the scratch folder is weighed from outside: see test_lifetime.
        assert answer["through"]


def test_the_number_of_files_is_bounded_in_a_scratch_of_its_own(tried: Answer, tier: Tier) -> None:
    answer = tried["make_many_files"]
    if tier is Tier.FULL:
        assert answer["errno"] == errno.ENOSPC
    else:
        assert answer["through"]


def test_descriptors_are_bounded(tried: Answer) -> None:
    assert tried["open_many_files"]["errno"] == errno.EMFILE


@pytest.mark.parametrize("attempt", ["fork_without_end", "start_threads_without_end"])
def test_processes_and_threads_are_bounded(attempt: str, tried: Answer) -> None:
    answer = tried[attempt]
    assert answer["errno"] == errno.EAGAIN
    # Eight are allowed; counting others of the same user may be off by one that just ended.
    assert 6 <= answer["count"] <= 9


def test_a_keeper_can_do_its_own_work(tried: Answer) -> None:
    assert tried["work_as_a_keeper_does"]["through"], tried["work_as_a_keeper_does"]


def test_without_a_sandbox_the_same_attempts_get_through(play_unconfined: Any) -> None:
    """Else the tests above would prove nothing."""
    answers = play_unconfined("walls", *HARMLESS)
    assert [name for name in HARMLESS if not answers[name]["through"]] == []
