"""What all tests share: how they are dealt out to processes, and a real Chromium, made once.

With several processes (`make test`) the tests of a file stay together, for they share what is dear:
a zygote, a graded class.

The browser is whatever `chromium` on the path starts; Playwright only drives it. Locally its
absence skips these tests with the reason; in CI (`CI` in the environment) it fails them.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from tests import profiles

TOGETHER = "tests/course"
"""A folder whose tests share one proof, whatever their file."""
ARGUMENTS = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

profiles.declare()


class Together(LoadScopeScheduling):  # type: ignore[misc]
    """Deals out files, and those in TOGETHER as if they were one."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(f"{TOGETHER}/") else nodeid.partition("::")[0]


def pytest_configure() -> None:
    # A shell that runs the tests in the background has them ignore Ctrl-C, and so would every
    # process they start, those among them that are interrupted to see what comes of it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)  # xdist's, which may be switched off
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None and "CI" not in os.environ:
        pytest.skip("no chromium on this machine; install it to look at the pages as people do")
    assert program is not None, "CI has to install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()
