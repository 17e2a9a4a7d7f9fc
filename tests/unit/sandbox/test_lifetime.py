from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader.records import Tier
from grader.sandbox import lifetime

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def outlived(play: Any) -> Answer:
    answer: Answer = play("outlive")
    return answer


def test_a_double_fork_that_ignores_sigterm_does_not_outlive_its_keeper(outlived: Answer) -> None:
    assert outlived["grandchildren"] == 2
    assert outlived["survivors"] == []


def test_the_zygote_works_on_when_a_keeper_was_killed(outlived: Answer) -> None:
    assert outlived["zygote_works"]
    assert outlived["zygote_code"] == 0


def test_a_keeper_survives_the_end_of_all_it_started(outlived: Answer) -> None:
    assert outlived["family"] == 2
    assert outlived["left"] == []
    assert outlived["is_keeper_alive"]


def test_the_memory_of_a_worker_can_be_measured(outlived: Answer) -> None:
    assert 1 << 20 < outlived["measured"] < 1 << 30


def test_a_keeper_holds_no_capability(outlived: Answer, tier: Tier, who: str) -> None:
    status = outlived["status"]
    held = {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")}
    if tier is Tier.GUARDED and who == "as oneself" and os.geteuid() == 0:
        # The one that lets it read a Python in a folder only root may enter; see `jail`.
        assert held <= {0, 1 << 2}
    else:
        assert held == {0}
    if tier is Tier.FULL or (who == "as oneself" and os.geteuid() == 0):
        assert int(status["CapBnd"], 16) == 0


def test_a_keeper_is_nobody_without_a_way_back(outlived: Answer) -> None:
    status = outlived["status"]
    assert "0" not in {*status["Uid"].split(), *status["Gid"].split()}
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"


def test_root_gives_up_its_groups(outlived: Answer) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give up groups")
    assert outlived["status"]["Groups"] == ""


def test_when_the_zygote_dies_its_keepers_die(play: Any, tier: Tier) -> None:
    answer = play("die")
    assert answer["is_over"]
    assert answer["code"] == -signal.SIGKILL
    # As `tiers.explain` says: in guarded, what a submission forked away sleeps on.
    assert answer["alive"] == (0 if tier is Tier.FULL else 1)


def test_when_the_grader_is_killed_nothing_is_left(
    tier: Tier, who: str, start: Callable[..., subprocess.Popen[str]]
) -> None:
    grader = start(who, "abandon", tier)
    assert grader.stdout is not None
    pids = json.loads(grader.stdout.readline())["pids"]
    processes = [psutil.Process(pid) for pid in pids]
    # Zygote, keeper, server and grandchild; in full also the watcher.
    assert len(processes) == (5 if tier is Tier.FULL else 4)
    grader.kill()
    grader.wait()
    gone, alive = psutil.wait_procs(processes, timeout=3)
    if tier is Tier.FULL:
        assert alive == []
    else:
        # As `tiers.explain` says: what a submission forked away sleeps on. Nothing else may.
        assert len(gone) >= 3
        for process in alive:
            assert not process.children()
            process.kill()
        assert psutil.wait_procs(alive, timeout=10)[1] == []


def test_killing_one_that_has_ended_is_no_error() -> None:
    child = subprocess.Popen(["true"])
    pidfd = os.pidfd_open(child.pid)
    child.wait()
    lifetime.kill(pidfd)
    lifetime.kill_descendants(pidfd)
    assert lifetime.host_pid(pidfd) == -1
    assert lifetime.resident_bytes(pidfd) == 0
    os.close(pidfd)


def test_a_folder_weighs_what_its_files_take(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_bytes(b"x" * 100_000)
    assert 100_000 <= lifetime.folder_bytes(str(tmp_path), 1 << 30) <= 120_000


def test_an_empty_file_weighs_something(tmp_path: Path) -> None:
    for index in range(100):
        (tmp_path / str(index)).touch()
    assert lifetime.folder_bytes(str(tmp_path), 1 << 30) == 100 * 4096


def test_links_are_not_followed_when_a_folder_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"x" * 1_000_000)
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "inside" / "loop").symlink_to(tmp_path / "inside")
    assert lifetime.folder_bytes(str(tmp_path / "inside"), 1 << 30) == 2 * 4096


def test_weighing_stops_once_it_is_too_much(tmp_path: Path) -> None:
    for index in range(2000):
        (tmp_path / str(index)).touch()
    start = time.perf_counter()
    weight = lifetime.folder_bytes(str(tmp_path), 10 * 4096)
    assert weight == 11 * 4096
    assert time.perf_counter() - start < 5


def test_a_tree_too_deep_to_walk_is_too_much(tmp_path: Path) -> None:
    deep = os.open(tmp_path, os.O_RDONLY)
    for _ in range(100):
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    limit = 1 << 30
    assert lifetime.folder_bytes(str(tmp_path), limit) > limit


def test_a_folder_that_is_gone_weighs_nothing(tmp_path: Path) -> None:
    assert lifetime.folder_bytes(str(tmp_path / "gone"), 1) == 0
